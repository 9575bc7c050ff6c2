package dev.echo.tls;

import dev.echo.text.EscapedText;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;

/** How a certificate is shown to a person; what a peer wrote into it is escaped. */
final class CertificateText {
  private static final int SHOWN_CHARACTERS = 100;
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private CertificateText() {}

  static String subject(X509Certificate certificate) {
    return "'" + escaped(certificate.getSubjectX500Principal().getName()) + "'";
  }

  /** As in {@code 'CN=a' was issued by 'CN=b'}. */
  static String subjectAndIssuer(X509Certificate certificate) {
    boolean self =
        certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    String issuer =
        self ? "itself" : "'" + escaped(certificate.getIssuerX500Principal().getName()) + "'";
    return "of " + subject(certificate) + " was issued by " + issuer;
  }

  /** The names and addresses that it is for. */
  static String names(X509Certificate certificate) {
    String names = "";
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        names =
            alternatives.stream()
                .filter(name -> name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS))
                .map(name -> String.valueOf(name.get(1)))
                .collect(Collectors.joining(", "));
      }
    } catch (CertificateParsingException e) {
      names = "";
    }
    return names.isEmpty() ? subject(certificate) : "'" + escaped(names) + "'";
  }

  static String date(Date date) {
    return date.toInstant().atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  private static String escaped(String text) {
    return EscapedText.of(text, SHOWN_CHARACTERS);
  }
}
