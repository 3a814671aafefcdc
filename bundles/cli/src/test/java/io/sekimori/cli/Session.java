package io.sekimori.cli;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** A person in front of a terminal in {@code directory}, with English texts unless said otherwise. */
public final class Session {

    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final Path directory;
    private final Map<String, String> environment = new TreeMap<>(Map.of("LANG", "C.UTF-8"));
    private String typed = "";
    private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

    /** A person who works in {@code directory}. */
    public Session(Path directory) {
        this.directory = directory;
        environment.put("SEKIMORI_KEYS", directory.resolve("keys").toString());
    }

    /** What the command left behind. */
    public record Result(int exit, String out, String err) {

        JsonObject json() throws MalformedJson {
            return JsonObject.parse(out.getBytes(StandardCharsets.UTF_8));
        }
    }

    public Session speaking(String language) {
        environment.put("LANG", language);
        return this;
    }

    /** Types {@code lines} when asked. */
    public Session typing(String... lines) {
        typed = String.join("\n", lines) + "\n";
        return this;
    }

    /** Sets an environment variable. */
    public Session with(String name, Path value) {
        environment.put(name, value.toString());
        return this;
    }

    /** Looks at a clock that stands at {@code time}. */
    public Session at(Instant time) {
        clock = Clock.fixed(time, ZoneOffset.UTC);
        return this;
    }

    /** Gives a command, its words separated by blanks. */
    public Result sekimori(String line) {
        return run(line.isEmpty() ? new String[0] : line.split(" +"));
    }

    public Result run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Main.run(
                new Shell(
                        new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                        out,
                        err,
                        false,
                        environment,
                        clock,
                        directory),
                words);
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Gives a command that must succeed. */
    Result must(String line) {
        Result result = sekimori(line);
        if (result.exit() != 0) {
            throw new AssertionError(Arrays.toString(line.split(" ")) + " answered " + result);
        }
        return result;
    }
}
