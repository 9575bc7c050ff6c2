package dev.echo.load;

import dev.echo.text.ExitStatus;
import java.time.Duration;

/**
 * A connection that could not be made or was lost.
 *
 * @param connection which one, from 1
 * @param at from the first due time, negative before
 * @param status {@link ExitStatus#UNREACHABLE}, {@link ExitStatus#INCOMPLETE} or {@link
 *     ExitStatus#WRONG}
 * @param sentence for people, in one line that is safe to print
 */
public record Trouble(int connection, Duration at, ExitStatus status, String sentence) {}
