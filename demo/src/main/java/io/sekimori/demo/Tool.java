package io.sekimori.demo;

import io.sekimori.cli.Main;
import io.sekimori.cli.Shell;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gives commands to the same command line that a person uses, in this process, since starting a JVM for each of a
 * hundred commands would be most of the demo. Thread-safe.
 *
 * @param directory where the commands are given
 * @param clock the time that the commands believe in; a fixed one makes metadata of another year
 * @param environment the environment variables that they see
 */
record Tool(Path directory, Clock clock, Map<String, String> environment) {

    Tool(Path directory, Clock clock) {
        this(directory, clock, Map.of("LANG", "C.UTF-8"));
    }

    /** What came of a command. */
    record Answer(int exit, String out, String err) {

        /** The JSON document that the command printed. */
        JsonObject json() throws Broken {
            try {
                return JsonObject.parse(out.getBytes(StandardCharsets.UTF_8));
            } catch (MalformedJson e) {
                throw new Broken("the answer is no JSON document: " + out + err, e);
            }
        }

        /** The whole of it on one line, for a report. */
        String line() {
            return (err + out).strip().replaceAll("\\s*\\R\\s*", " ");
        }
    }

    /** The same tool at another time. */
    Tool at(Clock other) {
        return new Tool(directory, other, environment);
    }

    /** Runs a command that must succeed. */
    Answer must(Object... words) throws Broken {
        Answer answer = run(words);
        if (answer.exit() != 0) {
            throw new Broken("sekimori " + join(words) + " answered " + answer.exit() + ": " + answer.line(), null);
        }
        return answer;
    }

    /** The same tool with one more environment variable. */
    Tool with(String name, Path value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(name, value.toString());
        return new Tool(directory, clock, more);
    }

    /** Runs a command. */
    Answer run(Object... words) {
        return typing("", words);
    }

    /** Runs a command that reads {@code typed}. */
    Answer typing(String typed, Object... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] arguments = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            arguments[i] = words[i].toString();
        }
        int exit = Main.run(
                new Shell(
                        new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                        out,
                        err,
                        false,
                        environment,
                        clock,
                        directory),
                arguments);
        return new Answer(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static String join(Object... words) {
        StringBuilder line = new StringBuilder();
        for (Object word : words) {
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        return line.toString();
    }
}
