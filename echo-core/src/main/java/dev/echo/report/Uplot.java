package dev.echo.report;

import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;

/**
 * The plot library, from its webjar.
 *
 * @param version which one
 * @param script the library
 * @param style its styles
 * @param licence that must come along
 */
record Uplot(String version, String script, String style, String licence) {
  static Uplot load() throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(Template.resource("uplot.properties")));
    String version = properties.getProperty("version", "");
    String path = "/META-INF/resources/webjars/uplot/" + version + "/";
    return new Uplot(
        version,
        Template.resource(path + "dist/uPlot.iife.min.js"),
        Template.resource(path + "dist/uPlot.min.css"),
        Template.resource(path + "LICENSE"));
  }
}
