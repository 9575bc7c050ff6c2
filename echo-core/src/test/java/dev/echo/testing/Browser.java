package dev.echo.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A headless {@code chromium} with one page, driven over its DevTools protocol as a person would:
 * with a mouse, keys and files. Every wait has a deadline.
 */
public final class Browser implements AutoCloseable {
  private static final long DEADLINE_SECONDS = 60;

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
  private final AtomicInteger commands = new AtomicInteger();
  private final WebSocket devTools;

  /**
   * Starts it.
   *
   * @param folder an empty one for its profile and its log
   */
  public Browser(Path folder) throws Exception {
    Path log = folder.resolve("chromium.log");
    process =
        PeerProgram.CHROMIUM
            .command(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--window-size=900,1150",
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder.resolve("profile"),
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      Path port = folder.resolve("profile").resolve("DevToolsActivePort");
      Eventually.eventually("chromium listens", () -> lines(port) >= 2);
      devTools = connect(Files.readAllLines(port).get(0));
    } catch (Exception | AssertionError e) {
      kill();
      throw e;
    }
  }

  private static long lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private WebSocket connect(String port) throws Exception {
    URI list = URI.create("http://127.0.0.1:" + port + "/json/list");
    String pages = http.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString()).body();
    JsonArray targets = JsonParser.parseString(pages).getAsJsonArray();
    for (int i = 0; i < targets.size(); i++) {
      JsonObject target = targets.get(i).getAsJsonObject();
      if (target.get("type").getAsString().equals("page")) {
        URI url = URI.create(target.get("webSocketDebuggerUrl").getAsString());
        return http.newWebSocketBuilder()
            .buildAsync(url, new Answers())
            .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
      }
    }
    throw new IOException("chromium has no page: " + pages);
  }

  /** Gathers each answer. */
  private final class Answers implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        JsonObject message = JsonParser.parseString(text.toString()).getAsJsonObject();
        text.setLength(0);
        if (message.has("id")) {
          answers.remove(message.get("id").getAsInt()).complete(message);
        }
      }
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }

  private JsonObject command(String method, JsonObject params) throws Exception {
    int id = commands.incrementAndGet();
    JsonObject command = new JsonObject();
    command.addProperty("id", id);
    command.addProperty("method", method);
    command.add("params", params);
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    answers.put(id, answer);
    devTools.sendText(command.toString(), true);
    JsonObject message = answer.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    if (message.has("error")) {
      throw new IOException(method + ": " + message.get("error"));
    }
    return message.getAsJsonObject("result");
  }

  private static JsonObject with(String name, String value) {
    JsonObject object = new JsonObject();
    object.addProperty(name, value);
    return object;
  }

  /**
   * Opens a page.
   *
   * @param url where
   */
  public void open(String url) throws Exception {
    command("Page.navigate", with("url", url));
    await("document.readyState === 'complete' && location.href.startsWith('" + url + "')");
  }

  /**
   * Asks the page.
   *
   * @param expression of JavaScript
   * @return its value as text
   */
  public String ask(String expression) throws Exception {
    JsonObject params = with("expression", "String(" + expression + ")");
    JsonObject result = command("Runtime.evaluate", params).getAsJsonObject("result");
    return result.has("value") ? result.get("value").getAsString() : result.toString();
  }

  /**
   * Waits until something is true in the page.
   *
   * @param expression of JavaScript
   */
  public void await(String expression) {
    Eventually.eventually(
        expression,
        () -> {
          try {
            return ask(expression).equals("true");
          } catch (Exception e) {
            throw new AssertionError(expression, e);
          }
        });
  }

  /**
   * Clicks into the middle of an element.
   *
   * @param id of the element
   */
  public void click(String id) throws Exception {
    String box = "document.getElementById('" + id + "').getBoundingClientRect()";
    double x = Double.parseDouble(ask(box + ".x + " + box + ".width / 2"));
    double y = Double.parseDouble(ask(box + ".y + " + box + ".height / 2"));
    for (String type : new String[] {"mousePressed", "mouseReleased"}) {
      JsonObject params = with("type", type);
      params.addProperty("x", x);
      params.addProperty("y", y);
      params.addProperty("button", "left");
      params.addProperty("clickCount", 3); // takes the text of a field, to be typed over
      command("Input.dispatchMouseEvent", params);
    }
  }

  /**
   * Types.
   *
   * @param text into what has the focus
   */
  public void type(String text) throws Exception {
    command("Input.insertText", with("text", text));
  }

  /**
   * Drops a file onto an element.
   *
   * @param id of the element
   * @param file an absolute path
   */
  public void drop(String id, Path file) throws Exception {
    String box = "document.getElementById('" + id + "').getBoundingClientRect()";
    JsonArray files = new JsonArray();
    files.add(file.toString());
    JsonObject data = new JsonObject();
    data.add("items", new JsonArray());
    data.add("files", files);
    data.addProperty("dragOperationsMask", 1);
    for (String type : new String[] {"dragEnter", "dragOver", "drop"}) {
      JsonObject params = with("type", type);
      params.addProperty("x", Double.parseDouble(ask(box + ".x + 5")));
      params.addProperty("y", Double.parseDouble(ask(box + ".y + 5")));
      params.add("data", data);
      command("Input.dispatchDragEvent", params);
    }
  }

  /**
   * Looks at the page.
   *
   * @param scheme light or dark
   * @param file gets a PNG
   */
  public void screenshot(String scheme, Path file) throws Exception {
    JsonObject feature = with("name", "prefers-color-scheme");
    feature.addProperty("value", scheme);
    JsonArray features = new JsonArray();
    features.add(feature);
    JsonObject params = new JsonObject();
    params.add("features", features);
    command("Emulation.setEmulatedMedia", params);
    await("matchMedia('(prefers-color-scheme: " + scheme + ")').matches");
    ask(
        "requestAnimationFrame(() => requestAnimationFrame(() => document.body.dataset.drawn = 1))");
    await("document.body.dataset.drawn === '1'");
    ask("delete document.body.dataset.drawn");
    String png = command("Page.captureScreenshot", new JsonObject()).get("data").getAsString();
    Files.write(file, Base64.getDecoder().decode(png));
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    devTools.abort();
    kill();
    process.onExit().orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
  }
}
