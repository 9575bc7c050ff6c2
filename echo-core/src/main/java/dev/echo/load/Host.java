package dev.echo.load;

/**
 * Where and with what a result was measured.
 *
 * @param name of the machine
 * @param system its operating system, version and architecture
 * @param processors that this process may use
 * @param java the virtual machine and its version
 * @param netty the version
 * @param transport that moved the bytes
 * @param loops event loops that did the work
 * @param echo version and commit of this program
 */
public record Host(
    String name,
    String system,
    int processors,
    String java,
    String netty,
    String transport,
    int loops,
    String echo) {}
