package dev.echo.websocket;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What a browser gets: one page that needs nothing else, and what it alone may do. */
final class Page {
  private static final String FILE = "page.html";
  private static @Nullable Page loaded;

  private final byte[] html;
  private final String policy;

  private Page(String html) {
    this.html = html.getBytes(StandardCharsets.UTF_8);
    policy =
        "default-src 'none'; connect-src 'self'; img-src data:; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'; script-src "
            + hash(html, "script")
            + "; style-src "
            + hash(html, "style");
  }

  static synchronized Page load() {
    Page page = loaded;
    if (page == null) {
      page = new Page(read());
      loaded = page;
    }
    return page;
  }

  private static String read() {
    try (InputStream in = Page.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("no " + FILE + " beside " + Page.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Only the page's own script and style run: whatever gets into it does not. */
  private static String hash(String html, String element) {
    int begin = html.indexOf("<" + element + ">") + element.length() + 2;
    String content = html.substring(begin, html.indexOf("</" + element + ">", begin));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The page in UTF-8; not to be changed. */
  byte[] html() {
    return html;
  }

  /** Its Content-Security-Policy. */
  String policy() {
    return policy;
  }
}
