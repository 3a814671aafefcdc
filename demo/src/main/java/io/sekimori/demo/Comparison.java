package io.sekimori.demo;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The same bundles under the same callers, updated as OSGi does it by itself: it must lose calls, or ours says nothing. */
record Comparison(Stage stage) {

    private static final int PATIENCE_SECONDS = 120;

    List<Line> lines() {
        return List.of(new Line("the same load with a plain Bundle.update on bare Felix loses calls", this::compare));
    }

    private String compare() throws IOException, Broken {
        Maker maker = stage.maker();
        Path state = maker.place().state().resolve("bare");
        Files.createDirectories(state);
        // A unit of its own: the callers sign with its device key and write into its audit.
        Gateway unit = maker.unit("bare");
        for (String name : BareFelix.UPDATED) {
            maker.rebuild(name, Capabilities.NEXT, Map.of());
        }
        Path answer = state.resolve("answer.json");
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Dsekimori.home=" + maker.place().home(),
                "-cp",
                System.getProperty("java.class.path"),
                BareFelix.class.getName(),
                maker.place().state().toString(),
                unit.unit().toString(),
                answer.toString()));
        Path log = state.resolve("log");
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        OwnProcess.remember(process.toHandle(), maker.place().pidFile("bare"));
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new Broken("the comparison did not end well; its log is " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Broken("interrupted", e);
        }
        return figure(answer);
    }

    private static String figure(Path answer) throws IOException, Broken {
        try {
            JsonObject found = JsonObject.parse(Files.readAllBytes(answer));
            if (found.number("lost") == 0) {
                throw new Broken(found.number("updates") + " times Bundle.update lost none of " + found.number("made")
                        + " calls: the load is no test");
            }
            return found.number("updates") + " updates, " + found.number("made") + " calls, " + found.number("lost")
                    + " lost; the framework refused to start the bundle again " + found.number("failures") + " times";
        } catch (MalformedJson e) {
            throw new Broken("the answer cannot be read", e);
        }
    }
}
