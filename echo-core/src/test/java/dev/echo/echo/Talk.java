package dev.echo.echo;

import dev.echo.testing.Bytes;
import dev.echo.websocket.FragmentWalker;
import dev.echo.websocket.FragmentWalker.Direction;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server sent over a WebSocket, each with its opcode in front, as hexadecimal digits.
 *
 * @param messages the whole messages, in however many fragments they came
 * @param control the control frames
 * @param open what came of a message that has not ended
 */
record Talk(List<String> messages, List<String> control, String open) {
  static Talk of(Bytes bytes) {
    FragmentWalker walker = new FragmentWalker(Direction.SERVER_TO_CLIENT);
    ByteBuf in = Unpooled.wrappedBuffer(bytes.toArray());
    List<String> messages = new ArrayList<>();
    List<String> control = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    while (in.isReadable()) {
      if (!walker.begin(in)) {
        throw new AssertionError("no whole fragment: " + walker.error() + " in " + bytes);
      }
      String payload = ByteBufUtil.hexDump(in.readSlice((int) walker.remaining()));
      walker.skip(walker.remaining());
      if (walker.isControl()) {
        control.add(Integer.toHexString(walker.opcode()) + " " + payload);
      } else {
        open.append(payload);
        if (walker.isLast()) {
          messages.add(walker.messageOpcode() + " " + open);
          open.setLength(0);
        }
      }
    }
    return new Talk(messages, control, open.toString());
  }
}
