package io.sekimori.demo;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The demo's side of the traffic bundle: says which calls are counted together, and reads what became of them. */
final class Traffic {

    private final Path directory;
    private final Gateway gateway;
    private int rounds;

    Traffic(Gateway gateway) {
        this.gateway = gateway;
        this.directory = gateway.unit().resolve("data").resolve("io.sekimori.demo.traffic");
    }

    /**
     * What became of the calls of a round.
     *
     * @param longestMillis the longest call, which is asked to last 0 to 500 ms
     * @param beyondMillis the most that a call took over what was asked
     */
    record Count(long made, long lost, long longestMillis, long beyondMillis, long reconfigured, String firstLoss) {

        /** Fails unless calls were made and none was lost. */
        Count withoutLoss() throws Broken {
            if (made == 0) {
                throw new Broken("no call was made");
            }
            if (lost > 0) {
                throw new Broken(lost + " of " + made + " calls lost: " + firstLoss);
            }
            return this;
        }

        @Override
        public String toString() {
            return made + " calls, " + lost + " lost, longest " + longestMillis + " ms (" + beyondMillis
                    + " ms over what was asked)";
        }
    }

    /**
     * Begins a round; its calls are counted from now on.
     *
     * @param pid what is reconfigured meanwhile; empty if nothing is
     * @param kinds the conversations that are had; those of the first part if none are named
     */
    void begin(String pid, String... kinds) throws IOException, Broken {
        String name = "round-" + System.nanoTime() + "-" + rounds++;
        Map<String, Object> wish = new TreeMap<>(Map.of("name", name));
        if (!pid.isEmpty()) {
            wish.put("reconfigure", pid);
        }
        if (kinds.length > 0) {
            wish.put("kinds", String.join(" ", kinds));
        }
        Files.createDirectories(directory);
        Files.write(directory.resolve("round.json"), JsonText.bytes(wish));
        gateway.await(
                "the callers begin a round",
                () -> read().filter(report -> name.equals(name(report))).isPresent());
    }

    /** Waits until so many calls more were made than now, so that a round is never empty. */
    void awaitCalls(long more) throws IOException, Broken {
        long before = count().made();
        gateway.await(more + " calls", () -> count().made() >= before + more);
    }

    /** What became of the calls so far, those of the event admin aside. */
    Count count() throws IOException, Broken {
        return count(name -> !name.equals("events"));
    }

    /** What became of the calls to the event admin. */
    Count events() throws IOException, Broken {
        return count("events"::equals);
    }

    /** What became of the calls of one kind. */
    Count count(String kind) throws IOException, Broken {
        return count(kind::equals);
    }

    private Count count(java.util.function.Predicate<String> wanted) throws IOException, Broken {
        JsonObject report = read().orElseThrow(() -> new Broken("the traffic bundle writes no report"));
        try {
            return count(report, wanted);
        } catch (MalformedJson e) {
            throw new Broken("the report of the traffic bundle cannot be read", e);
        }
    }

    static Count count(JsonObject report, java.util.function.Predicate<String> wanted) throws MalformedJson {
        JsonObject calls = report.object("calls");
        long made = 0;
        long lost = 0;
        long longest = 0;
        long beyond = 0;
        String loss = "";
        for (String name : calls.names()) {
            if (wanted.test(name)) {
                JsonObject one = calls.object(name);
                made += one.number("made");
                lost += one.number("lost");
                longest = Math.max(longest, one.number("longestMillis"));
                beyond = Math.max(beyond, one.number("longestBeyondAskedMillis"));
                loss = loss.isEmpty() ? one.optionalString("firstLoss").orElse("") : loss;
            }
        }
        return new Count(made, lost, longest, beyond, report.number("reconfigured"), loss);
    }

    private static String name(JsonObject report) {
        return String.valueOf(report.asMap().get("round"));
    }

    private java.util.Optional<JsonObject> read() throws IOException, Broken {
        Path file = directory.resolve("traffic.json");
        if (!Files.exists(file)) {
            return java.util.Optional.empty();
        }
        try {
            return java.util.Optional.of(JsonObject.parse(Files.readAllBytes(file)));
        } catch (MalformedJson e) {
            throw new Broken("traffic.json cannot be read", e);
        }
    }
}
