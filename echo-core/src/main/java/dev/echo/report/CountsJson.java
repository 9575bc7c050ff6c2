package dev.echo.report;

import com.google.gson.stream.JsonWriter;
import dev.echo.client.DatagramCounts;
import dev.echo.client.LossDirections;
import dev.echo.load.ConnectionCounts;
import dev.echo.load.Host;
import dev.echo.load.LoadCounts;
import dev.echo.load.Throughput;
import dev.echo.verify.Verdict;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What was counted, and where, as JSON. */
public final class CountsJson {
  private static final String LOST_THERE = "lostThere";

  private CountsJson() {}

  static void write(JsonWriter json, Host host) throws IOException {
    json.beginObject();
    json.name("name").value(host.name());
    json.name("system").value(host.system());
    json.name("processors").value(host.processors());
    json.name("java").value(host.java());
    json.name("netty").value(host.netty());
    json.name("transport").value(host.transport());
    json.name("loops").value(host.loops());
    json.name("echo").value(host.echo());
    json.endObject();
  }

  static Host host(Fields json) throws ResultFormatException {
    return new Host(
        json.text("name"),
        json.text("system"),
        json.integer("processors"),
        json.text("java"),
        json.text("netty"),
        json.text("transport"),
        json.integer("loops"),
        json.text("echo"));
  }

  static void write(JsonWriter json, LoadCounts counts) throws IOException {
    json.beginObject();
    json.name("due").value(counts.due());
    json.name("sent").value(counts.sent());
    json.name("echoed").value(counts.echoed());
    json.name("missing").value(counts.missing());
    json.name("wrong").value(counts.wrong());
    json.name("surplus").value(counts.surplus());
    json.name("unsent").value(counts.unsent());
    json.name("heldByCap").value(counts.heldByCap());
    json.name("heldBySocket").value(counts.heldBySocket());
    json.name("heldByConnection").value(counts.heldByConnection());
    json.name("payloadBytes").value(counts.payloadBytes());
    json.name("wireBytes").value(counts.wireBytes());
    json.name("unusableStamps").value(counts.unusableStamps());
    Throughput throughput = counts.throughput();
    json.name("sentInTime").value(throughput.sent());
    json.name("echoedInTime").value(throughput.echoed());
    json.name("payloadBytesInTime").value(throughput.payloadBytes());
    json.name("wireBytesInTime").value(throughput.wireBytes());
    json.endObject();
  }

  static LoadCounts counts(Fields json) throws ResultFormatException {
    return new LoadCounts(
        json.number("due"),
        json.number("sent"),
        json.number("echoed"),
        json.number("missing"),
        json.number("wrong"),
        json.number("surplus"),
        json.number("unsent"),
        json.number("heldByCap"),
        json.number("heldBySocket"),
        json.number("heldByConnection"),
        json.number("payloadBytes"),
        json.number("wireBytes"),
        json.number("unusableStamps"),
        new Throughput(
            json.number("sentInTime"),
            json.number("echoedInTime"),
            json.number("payloadBytesInTime"),
            json.number("wireBytesInTime")));
  }

  /**
   * Writes what became of datagrams as an object, which is the same in all results.
   *
   * @param json takes a value here
   * @param counts of a result
   * @throws IOException if it cannot be written
   */
  public static void write(JsonWriter json, DatagramCounts counts) throws IOException {
    json.beginObject();
    json.name("sent").value(counts.sent());
    json.name("echoed").value(counts.echoed());
    json.name("late").value(counts.late());
    json.name("lost").value(counts.lost());
    json.name("duplicated").value(counts.duplicated());
    json.name("reordered").value(counts.reordered());
    json.name("wrong").value(counts.wrong());
    json.name("surplus").value(counts.surplus());
    if (counts.directions().isPresent()) {
      json.name(LOST_THERE).value(counts.directions().get().there());
      json.name("lostBack").value(counts.directions().get().back());
      json.name("lostSomewhere").value(counts.directions().get().unknown());
    }
    json.endObject();
  }

  static DatagramCounts datagrams(Fields json) throws ResultFormatException {
    return new DatagramCounts(
        json.number("sent"),
        json.number("echoed"),
        json.number("late"),
        json.number("lost"),
        json.number("duplicated"),
        json.number("reordered"),
        json.number("wrong"),
        json.number("surplus"),
        json.has(LOST_THERE)
            ? Optional.of(
                new LossDirections(
                    json.number(LOST_THERE), json.number("lostBack"), json.number("lostSomewhere")))
            : Optional.empty());
  }

  static void write(JsonWriter json, ConnectionCounts counts) throws IOException {
    json.beginObject();
    json.name("asked").value(counts.asked());
    json.name("made").value(counts.made());
    json.name("failed").value(counts.failed());
    json.name("lost").value(counts.lost());
    json.name("errorFree").value(counts.errorFree());
    json.name("silent").value(counts.silent());
    json.endObject();
  }

  static ConnectionCounts connections(Fields json) throws ResultFormatException {
    return new ConnectionCounts(
        json.integer("asked"),
        json.number("made"),
        json.number("failed"),
        json.number("lost"),
        json.integer("errorFree"),
        json.integer("silent"));
  }

  static void write(JsonWriter json, Map<Verdict, Long> verdicts) throws IOException {
    json.beginObject();
    for (Map.Entry<Verdict, Long> each : verdicts.entrySet()) {
      json.name(Words.of(each.getKey())).value(each.getValue());
    }
    json.endObject();
  }

  static Map<Verdict, Long> verdicts(Fields json) throws ResultFormatException {
    Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
    for (String name : json.names()) {
      verdicts.put(Fields.word(json.where(), name, Verdict.class), json.number(name));
    }
    return verdicts;
  }
}
