package dev.echo.server.app;

import dev.echo.limit.DatagramLimits;
import dev.echo.limit.DatagramLimits.Sources;
import picocli.CommandLine.Option;

/** The options that say whom UDP listeners answer, and how often. */
final class DatagramOptions {
  @Option(
      names = "--udp-rate",
      paramLabel = "RATE",
      converter = OptionTypes.Rate.class,
      description =
          "Datagrams a second that one address gets back, or none for no limit (default: 1k)")
  private double rate = DatagramLimits.DEFAULT.ratePerSource();

  @Option(
      names = "--udp-burst",
      paramLabel = "N",
      converter = OptionTypes.Count.class,
      description = "Datagrams at once that one address gets back (default: 1000)")
  private int burst = DatagramLimits.DEFAULT.burstPerSource();

  @Option(
      names = "--udp-total-rate",
      paramLabel = "RATE",
      converter = OptionTypes.Rate.class,
      description =
          "Datagrams a second that all addresses get back, or none for no limit (default: 100k)")
  private double totalRate = DatagramLimits.DEFAULT.totalRate();

  @Option(
      names = "--udp-challenge",
      description = "Answer only addresses that first returned a cookie over UDP (default: all)")
  private boolean challenge;

  DatagramLimits limits() {
    return new DatagramLimits(rate, burst, totalRate, challenge ? Sources.CHALLENGED : Sources.ALL);
  }
}
