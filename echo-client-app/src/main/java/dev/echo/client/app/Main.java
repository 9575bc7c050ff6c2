package dev.echo.client.app;

/** Starts the client. */
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
