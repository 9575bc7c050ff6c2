package dev.echo.server.app;

import org.jspecify.annotations.Nullable;

/** How much is said on standard error. */
enum Verbosity {
  /** Only why the program ends. */
  QUIET("error", "off"),
  /** Limits and warnings; on a terminal connections too. */
  NORMAL("warn", "error"),
  /** Connections, wherever standard error goes. */
  VERBOSE("info", "warn"),
  /** What happens inside, too. */
  DEBUG("debug", "info");

  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private final String echo;
  private final String netty;

  Verbosity(String echo, String netty) {
    this.echo = echo;
    this.netty = netty;
  }

  /** Whether what was chosen is told, too. */
  boolean tellsChoices() {
    return this == VERBOSE || this == DEBUG;
  }

  boolean showsConnections(Console.Look look) {
    return this != QUIET && (this != NORMAL || look != Console.Look.PLAIN);
  }

  /**
   * Sets up the logger, which reads its settings once: before anything of Netty is touched. What
   * the user has set by {@code -D} stays.
   */
  void configureLogging() {
    configure("defaultLogLevel", echo);
    configure("log.io.netty", netty);
    configure("showThreadName", "false");
    configure("showLogName", "false");
    if (this == DEBUG) {
      configure("showShortLogName", "true");
      // Making a format loads calendars and languages, so only who shows the time has one.
      configure("showDateTime", "true");
      configure("dateTimeFormat", "HH:mm:ss.SSS");
    }
  }

  private static void configure(String name, String value) {
    @Nullable String set = System.getProperty(PREFIX + name);
    if (set == null) {
      System.setProperty(PREFIX + name, value);
    }
  }
}
