package dev.echo.endpoint;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who may connect to a Unix domain socket: mode, owner and group of its file, which it has before
 * anybody can connect. What is empty is left to the system.
 *
 * @param mode who may read and write it; writing is what connecting needs (unix(7))
 * @param owner a user's name or number
 * @param group a group's name or number
 */
public record UnixPermissions(
    Optional<Set<PosixFilePermission>> mode, Optional<String> owner, Optional<String> group) {
  /** As the system makes files: by the process's umask, user and group. */
  public static final UnixPermissions SYSTEM =
      new UnixPermissions(Optional.empty(), Optional.empty(), Optional.empty());

  private static final int ALL = 0777;

  /** From the highest bit to the lowest. */
  private static final PosixFilePermission[] BITS = {
    PosixFilePermission.OWNER_READ,
    PosixFilePermission.OWNER_WRITE,
    PosixFilePermission.OWNER_EXECUTE,
    PosixFilePermission.GROUP_READ,
    PosixFilePermission.GROUP_WRITE,
    PosixFilePermission.GROUP_EXECUTE,
    PosixFilePermission.OTHERS_READ,
    PosixFilePermission.OTHERS_WRITE,
    PosixFilePermission.OTHERS_EXECUTE
  };

  /**
   * Sets the mode.
   *
   * @param octal three or four digits, such as {@code 0660}
   * @return others
   * @throws IllegalArgumentException if it is no such number
   */
  public UnixPermissions withMode(String octal) {
    if (!octal.matches("0?[0-7]{3}")) {
      throw new IllegalArgumentException(
          "'" + octal + "' (expected: an octal mode up to " + Integer.toOctalString(ALL) + ")");
    }
    int bits = Integer.parseInt(octal, 8);
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < BITS.length; i++) {
      if ((bits >> (BITS.length - 1 - i) & 1) != 0) {
        set.add(BITS[i]);
      }
    }
    return new UnixPermissions(Optional.of(Set.copyOf(set)), owner, group);
  }

  /**
   * Sets owner and group.
   *
   * @param words {@code USER}, {@code USER:GROUP} or {@code :GROUP}, names or numbers
   * @return others
   * @throws IllegalArgumentException if it is neither of these
   */
  public UnixPermissions ownedBy(String words) {
    int colon = words.indexOf(':');
    String user = colon < 0 ? words : words.substring(0, colon);
    String itsGroup = colon < 0 ? "" : words.substring(colon + 1);
    if ((user.isBlank() && itsGroup.isBlank()) || itsGroup.contains(":")) {
      throw new IllegalArgumentException("'" + words + "' (expected: USER, USER:GROUP or :GROUP)");
    }
    return new UnixPermissions(mode, notBlank(user), notBlank(itsGroup));
  }

  private static Optional<String> notBlank(String name) {
    return name.isBlank() ? Optional.empty() : Optional.of(name);
  }
}
