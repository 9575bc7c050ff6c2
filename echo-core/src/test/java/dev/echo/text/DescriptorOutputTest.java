package dev.echo.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptorOutputTest {
  @TempDir private Path folder;

  @Test
  void goesOnWhereAStreamTookAPartOrNothing() throws IOException {
    ByteArrayOutputStream taken = new ByteArrayOutputStream();
    SplittableRandom random = new SplittableRandom(11);
    byte[] bytes = new byte[200_000];
    random.nextBytes(bytes);
    OutputStream out =
        new DescriptorOutput(channel(buffer -> take(buffer, random, taken)), StandardStream.OUT);

    out.write(bytes);

    assertThat(taken.toByteArray()).as("seed 11").isEqualTo(bytes);
  }

  private static int take(ByteBuffer buffer, SplittableRandom random, ByteArrayOutputStream taken) {
    int count = random.nextInt(20) == 0 ? 0 : random.nextInt(buffer.remaining() + 1);
    for (int i = 0; i < count; i++) {
      taken.write(buffer.get());
    }
    return count;
  }

  @Test
  void saysThatNobodyReads() {
    OutputStream out =
        new DescriptorOutput(
            channel(
                buffer -> {
                  throw new IOException("Broken pipe");
                }),
            StandardStream.OUT);

    assertThatThrownBy(() -> out.write(1)).hasMessage("nobody reads it any more");
  }

  @Test
  void writesForAThreadThatIsInterrupted() throws IOException {
    Path file = folder.resolve("out");
    try (FileChannel channel = new FileOutputStream(file.toFile()).getChannel()) {
      OutputStream out = new HandedOverOutput(new DescriptorOutput(channel, StandardStream.OUT));

      Thread.currentThread().interrupt();
      out.write("one ".getBytes(StandardCharsets.UTF_8));
      assertThat(Thread.interrupted()).isTrue();
      out.write("two".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(file).hasContent("one two");
  }

  private static WritableByteChannel channel(Write write) {
    return new WritableByteChannel() {
      @Override
      public int write(ByteBuffer buffer) throws IOException {
        return write.of(buffer);
      }

      @Override
      public boolean isOpen() {
        return true;
      }

      @Override
      public void close() {}
    };
  }

  private interface Write {
    int of(ByteBuffer buffer) throws IOException;
  }
}
