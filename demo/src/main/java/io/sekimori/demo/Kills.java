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

    private static final List<String> PHASES =
            List.of("VERIFY", "STAGE", "REHEARSE", "SWAP", "PROBATION", "COMMIT", "CLEAN_UP");
    private static final int TRIES = 4;
    private static final Duration GLANCE = Duration.ofNanos(100_000);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (String phase : PHASES) {
            lines.add(new Line("kill -9 in phase " + phase, () -> killIn(phase)));
        }
        return lines;
    }

    private String killIn(String phase) throws IOException, Broken {
        for (int turn = 0; turn < TRIES; turn++) {
            long before = stage.gateway().confirmed();
            String version = "0.5.0.t" + System.nanoTime();
            Path jar = stage.maker().rebuild(Refusals.GUEST, version, Map.of());
            stage.maker().release(jar, "overlap");
            Path pack = stage.maker().pack(Maker.SERIAL, "--set", Refusals.GUEST + "/" + version);
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
            boolean seen = sees(phase, answer);
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

    private boolean sees(String phase, AtomicReference<Optional<Tool.Answer>> answer) throws IOException {
        Path journal = stage.gateway().unit().resolve("state/transition.json");
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < deadline && answer.get().isEmpty()) {
            if (phase.equals(phaseIn(journal))) {
                return true;
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
        return false;
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
