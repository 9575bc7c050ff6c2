package dev.echo.endpoint;

/**
 * Settings of Netty that a program wants which starts often and must be there soon. Netty reads
 * each once, when its classes are loaded, so {@link #apply} comes before anything of Netty; this
 * class loads none of it. Whoever set one of them by {@code -D} knows better.
 */
public final class NettyDefaults {
  private NettyDefaults() {}

  /**
   * Sets them.
   *
   * <ul>
   *   <li>{@code io.netty.jfr.enabled=false}: the first buffer would load and start Flight Recorder
   *       for events that nobody has asked for, which takes a third of what a bare Netty server
   *       needs from its start to its first echo.
   *   <li>{@code io.netty.leakDetection.level=disabled}: one buffer of 128 would keep a stack
   *       trace, on the event loop; 5 % of the samples of a load of 1,000 connections. The tests
   *       ask for all.
   *   <li>{@code io.netty.machineId}: a channel's name would begin with the address of a network
   *       card, and looking for the best one opens them all. Only {@code asLongText()} shows it.
   * </ul>
   */
  public static void apply() {
    set("io.netty.jfr.enabled", "false");
    set("io.netty.leakDetection.level", "disabled");
    set("io.netty.machineId", "02:00:00:00:00:00");
  }

  private static void set(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
