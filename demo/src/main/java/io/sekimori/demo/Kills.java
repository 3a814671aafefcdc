package io.sekimori.demo;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** kill -9 while a transition is in each of its phases, as its journal names them. */
record Kills(Stage stage) {

    /**
     * A phase, and a release whose way goes through it.
     *
     * @param bundle what is released anew
     * @param headers what its manifest says besides
     */
    private record Phase(String name, String bundle, String swap, Map<String, String> headers) {

        static Phase of(String name) {
            return new Phase(name, Refusals.GUEST, "overlap", Map.of());
        }
    }

    private static final List<Phase> PHASES = List.of(
            Phase.of("VERIFY"),
            Phase.of("STAGE"),
            Phase.of("REHEARSE"),
            Phase.of("SWAP"),
            Phase.of("PROBATION"),
            Phase.of("COMMIT"),
            Phase.of("CLEAN_UP"),
            new Phase("REVERT", Refusals.GUEST, "overlap", Map.of("Sekimori-Demo-Mood", "unhealthy")),
            new Phase("HANDOVER", "io.sekimori.update.engine", "overlap", Map.of()),
            new Phase("RESTART", Refusals.GUEST, "restart", Map.of()));

    private static final int TRIES = 4;
    private static final Duration GLANCE = Duration.ofNanos(100_000);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (Phase phase : PHASES) {
            lines.add(new Line("kill -9 in phase " + phase.name(), () -> killIn(phase)));
        }
        return lines;
    }

    private String killIn(Phase phase) throws IOException, Broken {
        for (int turn = 0; turn < TRIES; turn++) {
            long before = stage.gateway().confirmed();
            String version = "0.5.0.t" + System.nanoTime();
            Path jar = stage.maker().rebuild(phase.bundle(), version, phase.headers());
            stage.maker().release(jar, phase.swap());
            Path pack = stage.maker().pack(Maker.SERIAL, "--set", phase.bundle() + "/" + version);
            AtomicReference<Optional<Tool.Answer>> answer = new AtomicReference<>(Optional.empty());
            Thread operator = new Thread(
                    () -> answer.set(Optional.of(stage.maker()
                            .tool()
                            .run(
                                    "update",
                                    "apply",
                                    pack,
                                    "--unit",
                                    stage.gateway().unit(),
                                    "--json"))),
                    "sekimori-operator");
            operator.setDaemon(true);
            operator.start();
            boolean seen = sees(phase.name(), before, answer);
            if (seen) {
                return afterKill(before, operator);
            }
            join(operator);
        }
        throw new Broken("the phase passed unseen in " + TRIES + " transitions");
    }

    private String afterKill(long before, Thread operator) throws IOException, Broken {
        stage.gateway().kill();
        Duration up = stage.gateway().start();
        join(operator);
        long now = stage.gateway().confirmed();
        // Numbers of generations that were thrown away are not used again, so the one after has any greater number.
        if (now < before) {
            throw new Broken("generation " + now + " is confirmed, before it was " + before);
        }
        Tool.Answer status =
                stage.maker().tool().run("status", "--unit", stage.gateway().unit(), "--json");
        if (status.exit() != 0) {
            throw new Broken("the gateway is red: " + status.line());
        }
        return (now == before ? "generation " + before + " as before" : "generation " + now + ", the one after")
                + ", green " + Stage.millis(up) + " after the new start";
    }

    private boolean sees(String phase, long before, AtomicReference<Optional<Tool.Answer>> answer)
            throws IOException, Broken {
        Path journal = stage.gateway().unit().resolve("state/transition.json");
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < deadline && answer.get().isEmpty()) {
            if (phase.equals(phaseIn(journal)) || phase.equals("CLEAN_UP") && cleansUp(journal, before)) {
                return true;
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
        return false;
    }

    /** The engine tidies up after the pointer has moved and before it removes the journal. */
    private boolean cleansUp(Path journal, long before) throws IOException, Broken {
        return phaseIn(journal).equals("COMMIT") && stage.gateway().confirmed() != before;
    }

    private static String phaseIn(Path journal) throws IOException {
        try {
            return JsonObject.parse(Files.readAllBytes(journal)).string("phase");
        } catch (java.nio.file.NoSuchFileException | MalformedJson e) {
            return "";
        }
    }

    private static void join(Thread operator) throws Broken {
        try {
            operator.join(Duration.ofMinutes(4).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Broken("interrupted", e);
        }
    }
}
