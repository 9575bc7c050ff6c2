package dev.echo.caller;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * IP networks, in CIDR notation. An IPv4 address that came mapped into IPv6 is that IPv4 address.
 * Immutable.
 */
public final class Networks {
  /** No network. */
  public static final Networks NONE = new Networks(List.of(), List.of());

  private static final int MAPPED_BITS = 96;
  private static final String EXPECTED =
      " (expected: an IP address, or a network such as 10.0.0.0/8 or 2001:db8::/32)";

  private final List<String> texts;
  private final List<IpSubnetFilterRule> rules;

  private Networks(List<String> texts, List<IpSubnetFilterRule> rules) {
    this.texts = texts;
    this.rules = rules;
  }

  /**
   * Reads networks.
   *
   * @param texts each {@code ADDRESS/BITS}, or an address for it alone; names are not resolved
   * @return all of them together
   * @throws IllegalArgumentException if one is neither
   */
  public static Networks of(List<String> texts) {
    return texts.isEmpty()
        ? NONE
        : new Networks(List.copyOf(texts), texts.stream().map(Networks::rule).toList());
  }

  private static IpSubnetFilterRule rule(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    InetAddress written =
        NetUtil.isValidIpV4Address(address) || NetUtil.isValidIpV6Address(address)
            ? NetUtil.createInetAddressFromIpAddressString(address)
            : null;
    if (written == null || address.indexOf('%') >= 0 || address.startsWith("[")) {
      throw new IllegalArgumentException("'" + text + "'" + EXPECTED);
    }
    InetAddress network = Caller.unmapped(written);
    int most = network.getAddress().length * Byte.SIZE;
    boolean isMapped = address.indexOf(':') >= 0 && most < MAPPED_BITS;
    int least = isMapped ? MAPPED_BITS : 0;
    int bits = slash < 0 ? most : bits(text, text.substring(slash + 1), least, least + most);
    return new IpSubnetFilterRule(network, bits, IpFilterRuleType.ACCEPT);
  }

  private static int bits(String text, String digits, int least, int most) {
    int bits = digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : -1;
    if (bits < least || bits > most) {
      throw new IllegalArgumentException(
          "'" + text + "' (expected: /" + least + " to /" + most + ")");
    }
    return bits - least;
  }

  /**
   * Says whether there is none.
   *
   * @return true without any network
   */
  public boolean isEmpty() {
    return rules.isEmpty();
  }

  /**
   * Says whether an address is in one of the networks.
   *
   * @param address any; never waits for a name
   * @return false if there is no network
   */
  public boolean contain(InetAddress address) {
    if (rules.isEmpty()) {
      return false;
    }
    InetSocketAddress asked = new InetSocketAddress(Caller.unmapped(address), 0);
    for (IpSubnetFilterRule rule : rules) {
      if (rule.matches(asked)) {
        return true;
      }
    }
    return false;
  }

  /** As they were written, with commas. */
  @Override
  public String toString() {
    return String.join(", ", texts);
  }
}
