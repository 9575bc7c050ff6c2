package dev.echo.client.app;

import dev.echo.client.ConnectionLostException;
import dev.echo.client.EchoReply;
import dev.echo.client.OutgoingMessage;
import dev.echo.client.app.message.Message;
import dev.echo.client.app.message.MessageSource;
import dev.echo.client.app.message.Messages;
import dev.echo.client.app.message.Pieces;
import dev.echo.duplex.EndSign;
import dev.echo.text.ExitStatus;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Reads the plan once and gives every piece to all connections that are left; the slowest one sets
 * the pace. A message goes out when the one before has come back everywhere, so the time that is
 * shown is its own. Runs on one thread, which waits; what ends a connection is told by another one,
 * at once, since that wait may be for a peer that is silent or a person who types.
 */
final class Feeder {
  private final SendConfig config;
  private final List<Connection> connections;
  private final ReplyOutput output;
  private final Report report;
  private final Tally tally;
  private volatile boolean reading;
  private volatile boolean inputEnded;
  private volatile boolean stopped;

  Feeder(
      SendConfig config,
      List<Connection> connections,
      ReplyOutput output,
      Report report,
      Tally tally) {
    this.config = config;
    this.connections = connections;
    this.output = output;
    this.report = report;
    this.tally = tally;
    connections.forEach(each -> each.over().thenRunAsync(() -> tellIfEnded(each)));
  }

  /** Says whether the thread is in a read that may never end. */
  boolean isReading() {
    return reading;
  }

  /** Treats what was read so far as all there is. */
  void endInput() {
    inputEnded = true;
  }

  /** Tells no more of what fails because this side closes. */
  void stop() {
    stopped = true;
    inputEnded = true;
  }

  /**
   * Sends everything, and finishes the connections.
   *
   * @throws IOException if a source cannot be read; what is on its way is left where it is
   */
  void feed() throws IOException, InterruptedException {
    long number = 0;
    for (long round = 0; round < config.plan().rounds() && !isOver(); round++) {
      for (MessageSource source : config.plan().sources()) {
        try (Messages messages = source.open(round)) {
          for (Message next = next(messages); next != null; next = next(messages)) {
            exchange(++number, next);
          }
        }
      }
    }
    List<Connection> rest = live();
    rest.forEach(Connection::finish);
    for (Connection connection : rest) {
      Stages.failure(connection.over());
    }
    tellEnded();
  }

  /** Tells of connections that have ended and were not told of. For any thread. */
  void tellEnded() {
    connections.forEach(this::tellIfEnded);
  }

  private void tellIfEnded(Connection connection) {
    Throwable failure = connection.failure();
    if (connection.over().isDone()
        && (failure != null || !connection.isFinishing())
        && !isOwnDoing(failure)) {
      tell(connection, failure);
    }
  }

  private boolean isOwnDoing(@Nullable Throwable failure) {
    return stopped
        && (failure == null
            || (failure instanceof ConnectionLostException lost
                && lost.end().orElseThrow().how() == EndSign.How.CLOSED_HERE));
  }

  private List<Connection> live() {
    tellEnded();
    return connections.stream().filter(each -> !each.over().isDone()).toList();
  }

  private boolean isOver() {
    return inputEnded || connections.stream().allMatch(each -> each.over().isDone());
  }

  private @Nullable Message next(Messages messages) throws IOException {
    if (isOver()) {
      return null;
    }
    reading = true;
    try {
      return messages.next();
    } finally {
      reading = false;
    }
  }

  private void exchange(long number, Message message) throws IOException, InterruptedException {
    List<Flight> flights = new ArrayList<>();
    try (Pieces pieces = message.open()) {
      for (Connection connection : live()) {
        flights.add(new Flight(connection, connection.client().open(message.type())));
      }
      tally.sending(flights.size());
      tee(pieces, flights);
    }
    List<CompletionStage<EchoReply>> replies = new ArrayList<>();
    for (Flight flight : flights) {
      replies.add(flight.message.end());
    }
    for (int i = 0; i < flights.size(); i++) {
      end(number, message, flights.get(i), replies.get(i));
    }
    output.awaitRoom();
  }

  private void tee(Pieces pieces, List<Flight> flights) throws IOException, InterruptedException {
    List<Flight> flying = new ArrayList<>(flights);
    List<CompletionStage<Void>> room = new ArrayList<>();
    for (ByteBuf piece = next(pieces); piece != null; piece = next(pieces)) {
      room.clear();
      for (Flight flight : flying) {
        flight.bytes += piece.readableBytes();
        room.add(flight.message.write(piece.retainedDuplicate()));
      }
      piece.release();
      for (int i = flying.size() - 1; i >= 0; i--) {
        if (Stages.failure(room.get(i)) != null) {
          flying.remove(i);
        }
      }
      if (flying.isEmpty()) {
        return;
      }
      output.awaitRoom();
    }
  }

  private @Nullable ByteBuf next(Pieces pieces) throws IOException {
    if (inputEnded) {
      return null;
    }
    reading = true;
    try {
      return pieces.next();
    } finally {
      reading = false;
    }
  }

  private void end(long number, Message message, Flight flight, CompletionStage<EchoReply> stage)
      throws InterruptedException {
    Connection connection = flight.connection;
    Throwable cause = Stages.failure(stage);
    if (cause == null) {
      EchoReply reply = stage.toCompletableFuture().join();
      tally.echoed(reply);
      connection.replies().end();
      output.settle();
      report.message(
          new Echo(
              connection.number(),
              number,
              message.type(),
              reply.bytes(),
              reply,
              connection.timesOnce(reply),
              null));
    } else if (!isOwnDoing(cause)) {
      Failure failure = Failure.of(connection.number(), config.endpoint(), cause);
      report.message(
          new Echo(connection.number(), number, message.type(), flight.bytes, null, null, failure));
      tell(connection, cause);
    }
  }

  /** Returns when it is told, whoever does it: a summary must not come before. */
  private synchronized void tell(Connection connection, @Nullable Throwable cause) {
    if (connection.tell()) {
      Failure failure =
          cause == null
              ? new Failure(
                  ExitStatus.INCOMPLETE,
                  connection.number(),
                  "the server closed the connection before everything was sent",
                  List.of())
              : Failure.of(connection.number(), config.endpoint(), cause);
      tally.failed(failure);
      report.failure(failure);
    }
  }

  /** A message on its way over one connection. */
  private static final class Flight {
    private final Connection connection;
    private final OutgoingMessage message;
    private long bytes;

    Flight(Connection connection, OutgoingMessage message) {
      this.connection = connection;
      this.message = message;
    }
  }
}
