package dev.echo.server.app;

/** Starts the server. */
public final class Main {
  private Main() {}

  /**
   * Runs the launcher.
   *
   * @param args the words of the command line
   */
  public static void main(String[] args) {
    System.out.println("nothing yet");
  }
}
