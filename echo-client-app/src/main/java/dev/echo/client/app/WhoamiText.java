package dev.echo.client.app;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.echo.client.Peer;
import dev.echo.client.Whoami;
import dev.echo.endpoint.Endpoint;
import dev.echo.text.Durations;
import dev.echo.text.EscapedText;
import dev.echo.text.ExitStatus;
import dev.echo.text.Sizes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/** What {@code whoami} prints. Nothing of the server's is shown unescaped. */
final class WhoamiText {
  private static final int MAX_SHOWN = 200;
  private static final String UNKNOWN = "-";

  private final Endpoint endpoint;

  WhoamiText(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  boolean isReadable(Whoami whoami) {
    try {
      return whoami.json().isEmpty() || JsonParser.parseString(whoami.json()).isJsonObject();
    } catch (JsonParseException e) {
      return false;
    }
  }

  List<String> lines(Whoami whoami) {
    List<String> lines = new ArrayList<>();
    lines.add(line("endpoint", endpoint.toString()));
    lines.add(line("connect", time(whoami.connectTime())));
    if (!handshake(whoami).isZero()) {
      lines.add(line("handshake", time(handshake(whoami))));
    }
    if (whoami.json().isEmpty()) {
      lines.add(
          line(
              "peer",
              whoami.peer() == Peer.PLAIN
                  ? "a plain echo, which cannot tell what it sees"
                  : "an echo-server that does not tell what it sees"));
      return lines;
    }
    JsonObject said = JsonParser.parseString(whoami.json()).getAsJsonObject();
    JsonObject server = object(said, "server");
    lines.add(
        line(
            "peer",
            "echo-server " + text(server, "version") + " (commit " + text(server, "commit") + ")"));
    String scheme = text(said, "endpoint");
    lines.add(line("listener", scheme + ", " + text(said, "transport")));
    lines.add(line("sees", address(said, "peer", scheme.equals("unix") ? "a Unix socket" : "-")));
    lines.add(line("proxied for", address(said, "proxied", "nobody")));
    lines.add(line("tls", tls(said)));
    lines.add(line("limits", limits(object(said, "limits"))));
    return lines;
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

  private static String address(JsonObject said, String name, String none) {
    JsonObject address = object(said, name);
    String host = text(address, "address");
    return address.isEmpty()
        ? none
        : (host.contains(":") ? "[" + host + "]" : host) + ":" + text(address, "port");
  }

  private static String tls(JsonObject said) {
    JsonObject tls = object(said, "tls");
    return tls.isEmpty()
        ? "none"
        : text(tls, "version")
            + ", "
            + text(tls, "cipher")
            + ", server name "
            + text(tls, "serverName")
            + ", client "
            + text(tls, "clientSubject");
  }

  private static String limits(JsonObject limits) {
    return "ceiling "
        + number(limits, "ceilingBytes", Sizes::formatLimit)
        + ", frame "
        + number(limits, "maxFrameBytes", Sizes::format)
        + ", connections "
        + number(limits, "maxConnections", WhoamiText::count)
        + ", per source "
        + number(limits, "maxConnectionsPerSource", WhoamiText::count)
        + ", idle "
        + number(limits, "idleTimeoutMillis", WhoamiText::millis)
        + ", stalled "
        + number(limits, "stallTimeoutMillis", WhoamiText::millis);
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String millis(long millis) {
    return Durations.format(Duration.ofMillis(millis));
  }

  private static String number(JsonObject of, String name, LongFunction<String> format) {
    JsonElement value = of.get(name);
    boolean isNumber =
        value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
    return isNumber ? format.apply(value.getAsLong()) : "no limit";
  }

  private static JsonObject object(JsonObject of, String name) {
    JsonElement value = of.get(name);
    return value != null && value.isJsonObject() ? value.getAsJsonObject() : new JsonObject();
  }

  private static String text(JsonObject of, String name) {
    JsonElement value = of.get(name);
    return value != null && value.isJsonPrimitive()
        ? EscapedText.of(value.getAsString(), MAX_SHOWN)
        : UNKNOWN;
  }

  String json(Whoami whoami) {
    return JsonLine.of(
        json -> {
          json.name("endpoint").value(endpoint.toString());
          json.name("peer").value(whoami.peer().name().toLowerCase(Locale.ROOT));
          json.name("connectNanos").value(whoami.connectTime().toNanos());
          json.name("handshakeNanos").value(handshake(whoami).toNanos());
          json.name("whoami");
          if (whoami.json().isEmpty()) {
            json.nullValue();
          } else {
            json.jsonValue(JsonParser.parseString(whoami.json()).toString());
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
