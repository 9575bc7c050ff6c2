package dev.echo.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Who one side is.
 *
 * @param chain its certificate, then those of its issuers
 * @param key belongs to the certificate
 */
record Identity(List<X509Certificate> chain, PrivateKey key) {
  Identity {
    chain = List.copyOf(chain);
  }

  X509Certificate certificate() {
    return chain.get(0);
  }

  X509Certificate[] chainArray() {
    return chain.toArray(X509Certificate[]::new);
  }

  /** Whether the key belongs to the certificate: what one signs the other verifies. */
  boolean isPair() {
    PublicKey known = certificate().getPublicKey();
    String algorithm =
        switch (known.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> known.getAlgorithm();
        };
    byte[] text = {'e', 'c', 'h', 'o'};
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(known);
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
