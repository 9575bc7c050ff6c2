package dev.echo.client.app;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.echo.client.Peer;
import dev.echo.client.Whoami;
import dev.echo.endpoint.Endpoint;
import dev.echo.text.Durations;
import dev.echo.text.ExitStatus;
import dev.echo.text.Sizes;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What {@code whoami} prints. Nothing of the server's is shown unescaped. */
final class WhoamiText {
  private final Endpoint endpoint;

  WhoamiText(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** What an aware server said; empty if it is no JSON object, or if it said nothing. */
  private static Optional<JsonObject> said(Whoami whoami) {
    try {
      JsonReader reader = new JsonReader(new StringReader(whoami.json()));
      reader.setStrictness(Strictness.STRICT);
      JsonElement said = JsonParser.parseReader(reader);
      return said.isJsonObject() && reader.peek() == JsonToken.END_DOCUMENT
          ? Optional.of(said.getAsJsonObject())
          : Optional.empty();
    } catch (JsonParseException | IOException e) {
      return Optional.empty();
    }
  }

  /** Says what is wrong with an answer that cannot be read; empty if it can, or is none. */
  Optional<Failure> failure(Whoami whoami) {
    return whoami.json().isEmpty() || said(whoami).isPresent()
        ? Optional.empty()
        : Optional.of(
            new Failure(
                ExitStatus.WRONG, 0, "wrong: the answer to WHOAMI is no JSON object", List.of()));
  }

  List<String> lines(Whoami whoami) {
    List<String> lines = new ArrayList<>();
    lines.add(line("endpoint", endpoint.toString()));
    lines.add(line("connect", time(whoami.connectTime())));
    if (!handshake(whoami).isZero()) {
      lines.add(line("handshake", time(handshake(whoami))));
    }
    Optional<JsonObject> said = said(whoami);
    if (said.isPresent()) {
      told(new Told(said.get())).forEach((name, value) -> lines.add(line(name, value)));
    } else {
      lines.add(
          line(
              "peer",
              whoami.peer() == Peer.PLAIN
                  ? "a plain echo, which cannot tell what it sees"
                  : "an echo-server that does not tell what it sees"));
    }
    return lines;
  }

  private static Map<String, String> told(Told said) {
    Map<String, String> told = new LinkedHashMap<>();
    Told server = said.object("server");
    told.put(
        "peer",
        "echo-server " + server.text("version") + " (commit " + server.text("commit") + ")");
    told.put("listener", said.text("endpoint") + ", " + said.text("transport"));
    String unnamed = said.text("endpoint").equals("unix") ? "a Unix socket" : "no address";
    told.put("sees", said.of("peer", unnamed, WhoamiText::address));
    told.put("proxied for", said.of("proxied", "nobody", WhoamiText::address));
    told.put("tls", said.of("tls", "none", WhoamiText::tls));
    told.put("limits", limits(said.object("limits")));
    return told;
  }

  /** Without TLS it is what this process takes by itself. */
  private Duration handshake(Whoami whoami) {
    return endpoint.isSecure() ? whoami.handshakeTime() : Duration.ZERO;
  }

  private static String line(String name, String value) {
    return String.format(Locale.ROOT, "%-12s %s", name, value);
  }

  private static String time(Duration time) {
    return Milliseconds.of(time.toNanos());
  }

  private static String address(Told address) {
    String host = address.text("address");
    return (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + address.number("port", Long::toString);
  }

  private static String tls(Told tls) {
    return tls.text("version")
        + ", "
        + tls.text("cipher")
        + ", server name "
        + tls.text("serverName")
        + ", client "
        + tls.text("clientSubject");
  }

  private static String limits(Told limits) {
    return "ceiling "
        + limits.number("ceilingBytes", Sizes::formatLimit)
        + ", frame "
        + limits.number("maxFrameBytes", Sizes::format)
        + ", connections "
        + limits.number("maxConnections", WhoamiText::count)
        + ", per source "
        + limits.number("maxConnectionsPerSource", WhoamiText::count)
        + ", idle "
        + limits.number("idleTimeoutMillis", WhoamiText::millis)
        + ", stalled "
        + limits.number("stallTimeoutMillis", WhoamiText::millis);
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String millis(long millis) {
    return Durations.format(Duration.ofMillis(millis));
  }

  String json(Whoami whoami) {
    return JsonLine.of(
        json -> {
          json.name("endpoint").value(endpoint.toString());
          json.name("peer").value(whoami.peer().name().toLowerCase(Locale.ROOT));
          json.name("connectNanos").value(whoami.connectTime().toNanos());
          json.name("handshakeNanos").value(handshake(whoami).toNanos());
          json.name("whoami");
          Optional<JsonObject> said = said(whoami);
          if (said.isPresent()) {
            json.jsonValue(said.get().toString());
          } else {
            json.nullValue();
          }
          json.name("verdict").value(ExitStatus.OK.word());
          json.name("exitStatus").value(ExitStatus.OK.code());
        });
  }

  String json(Failure failure) {
    return JsonLine.of(
        json -> {
          json.name("endpoint").value(endpoint.toString());
          json.name("whoami").nullValue();
          json.name("error").value(failure.sentence());
          json.name("verdict").value(failure.status().word());
          json.name("exitStatus").value(failure.status().code());
        });
  }
}
