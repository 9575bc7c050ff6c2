package dev.echo.client;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/** The network interfaces of this machine, as zones of addresses. */
final class Interfaces {
  private static final String USUAL = "eth0";

  private Interfaces() {}

  /** The name of one that leads somewhere; the usual one if there is none. */
  static String example() {
    return names().stream().findFirst().orElse(USUAL);
  }

  /** Why a zone cannot be used. */
  static String mistake(String zone) {
    boolean isThere;
    try {
      isThere = NetworkInterface.getByName(zone) != null;
    } catch (SocketException e) {
      isThere = false;
    }
    String others = names().isEmpty() ? "" : " (there are: " + String.join(", ", names()) + ")";
    return isThere
        ? "the interface " + zone + " has no link-local address" + others
        : "this machine has no interface " + zone + others;
  }

  /** Whether this machine cannot talk to itself: asked of an address of its own without answer. */
  static boolean isLoopbackDown() {
    try {
      return NetworkInterface.networkInterfaces().noneMatch(Interfaces::isLoopbackUp);
    } catch (SocketException e) {
      // The platform's answer where no interface has an address.
      return true;
    }
  }

  private static boolean isLoopbackUp(NetworkInterface each) {
    try {
      return each.isLoopback() && each.isUp();
    } catch (SocketException e) {
      return false;
    }
  }

  private static List<String> names() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(Interfaces::leadsSomewhere)
          .map(NetworkInterface::getName)
          .sorted()
          .toList();
    } catch (SocketException e) {
      return List.of();
    }
  }

  private static boolean leadsSomewhere(NetworkInterface each) {
    try {
      return each.isUp() && !each.isLoopback();
    } catch (SocketException e) {
      return false;
    }
  }
}
