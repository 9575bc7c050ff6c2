package dev.echo.client.app;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A WebSocket server that does what a test says: answers the handshake with given lines, and then
 * each message with given bytes.
 */
final class OddWebSocket implements AutoCloseable {
  /** An answer to a handshake that is as it should be. ACCEPT stands for the key's answer. */
  static final String ACCEPTED =
      "HTTP/1.1 101 Switching Protocols|Upgrade: websocket|Connection: Upgrade|"
          + "Sec-WebSocket-Accept: ACCEPT||";

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int TIMEOUT_MILLIS = 20_000;

  /** What a message is answered with. */
  @FunctionalInterface
  interface Reply {
    /** Makes the bytes that go back; the connection ends behind them if there are none. */
    byte[] to(byte[] message);
  }

  /** What a handshake is answered with. */
  @FunctionalInterface
  interface Handshake {
    /** Makes lines with | for CR LF. */
    String of(int connection);
  }

  private final ServerSocket listener;
  private final Handshake handshake;
  private final Reply reply;
  private final AtomicInteger connections = new AtomicInteger();

  private OddWebSocket(Handshake handshake, Reply reply) throws IOException {
    this.handshake = handshake;
    this.reply = reply;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    beside(this::accept);
  }

  static OddWebSocket answering(String handshake) throws IOException {
    return answering(connection -> handshake);
  }

  static OddWebSocket answering(Handshake handshake) throws IOException {
    return new OddWebSocket(handshake, message -> frame(0x82, message));
  }

  static OddWebSocket replying(Reply reply) throws IOException {
    return new OddWebSocket(connection -> ACCEPTED, reply);
  }

  String target() {
    return "ws://127.0.0.1:" + listener.getLocalPort();
  }

  /** A frame as a server sends it: not masked, its length as short as it can be. */
  static byte[] frame(int first, byte... payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    if (payload.length < 126) {
      out.write(payload.length);
    } else {
      out.write(126);
      out.write(payload.length >> 8);
      out.write(payload.length);
    }
    out.writeBytes(payload);
    return out.toByteArray();
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = listener.accept();
        int number = connections.incrementAndGet();
        beside(() -> serve(socket, number));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket accepted, int number) {
    try (Socket socket = accepted) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      String answer =
          handshake.of(number).replace("ACCEPT", accept(request(in))).replace("|", "\r\n");
      out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
      if (!answer.contains(" 101 ")) {
        return;
      }
      byte[] sent;
      do {
        byte[] message = message(in);
        sent = message == null ? new byte[0] : reply.to(message);
        out.write(sent);
      } while (sent.length > 0);
      socket.shutdownOutput();
      while (in.read() >= 0) {} // a reset would hide what was sent
    } catch (IOException e) {
      // The client has ended it, which is what most tests are about.
    }
  }

  private static String request(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  private static String accept(String request) {
    String key = request.replaceAll("(?s).*Sec-WebSocket-Key: ([^\r]+)\r\n.*", "$1");
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The payload of a data frame; null for a close frame. */
  private static byte[] message(DataInputStream in) throws IOException {
    while (true) {
      int opcode = in.readUnsignedByte() & 0x0F;
      int bytes = in.readUnsignedByte() & 0x7F;
      if (bytes == 126) {
        bytes = in.readUnsignedShort();
      } else if (bytes == 127) {
        throw new EOFException("longer than a test needs");
      }
      byte[] key = in.readNBytes(4);
      byte[] payload = in.readNBytes(bytes);
      for (int i = 0; i < bytes; i++) {
        payload[i] ^= key[i % 4];
      }
      if (opcode == 8) {
        return null;
      }
      if (opcode <= 2) {
        return payload;
      }
    }
  }

  private static void beside(Runnable work) {
    Thread thread = new Thread(work, "odd-websocket");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
