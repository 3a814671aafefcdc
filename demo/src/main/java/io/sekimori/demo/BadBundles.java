package io.sekimori.demo;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Releases that are signed and behave badly. */
record BadBundles(Stage stage) {

    private static final String GUEST = Refusals.GUEST;

    List<Line> lines() {
        return List.of(
                new Line("a bundle that starts and turns unhealthy is taken back by itself", this::unhealthy),
                new Line("a bundle whose stop never returns: the deadline ends it", this::stuck));
    }

    private String unhealthy() throws IOException, Broken {
        stage.maker()
                .release(stage.maker().rebuild(GUEST, "0.3.0", Map.of("Sekimori-Demo-Mood", "unhealthy")), "overlap");
        long before = stage.gateway().confirmed();
        stage.traffic().begin("");
        long began = System.nanoTime();
        Outcome outcome =
                stage.update("--set", GUEST + "/0.3.0").mustBe("REVERTED").mustFailFor("UNHEALTHY");
        long millis = Stage.since(began).toMillis();
        stage.traffic().awaitCalls(8);
        Traffic.Count count = stage.traffic().count().withoutLoss();
        mustRun(stage.gateway(), before);
        return outcome.code() + " after " + millis + " ms, generation " + before + " runs; " + count;
    }

    private String stuck() throws IOException, Broken {
        Maker maker = stage.maker();
        maker.release(maker.rebuild(GUEST, "0.4.0", Map.of("Sekimori-Demo-Mood", "stuck")), "replace");
        maker.release(maker.rebuild(GUEST, "0.4.1", Map.of()), "replace");
        Gateway other = maker.unit("stuck", "--configure", "io.sekimori.update.engine:deadline.seconds=4");
        other.start();
        try {
            apply(other, maker.pack("stuck", "--set", GUEST + "/0.4.0")).mustBe("CONFIRMED");
            long before = other.confirmed();
            long began = System.nanoTime();
            Outcome outcome = apply(other, maker.pack("stuck", "--set", GUEST + "/0.4.1"));
            outcome.mustFailFor("DEADLINE", "STOP_FAILED", "PROCESS_ENDED");
            long millis = Stage.since(began).toMillis();
            mustRun(other, before);
            return outcome.code() + ": the process was ended and generation " + before + " answered again after "
                    + millis + " ms";
        } finally {
            other.kill();
        }
    }

    private Outcome apply(Gateway gateway, java.nio.file.Path pack) throws Broken {
        return Outcome.of(stage.maker().tool().run("update", "apply", pack, "--unit", gateway.unit(), "--json"));
    }

    static void mustRun(Gateway gateway, long generation) throws IOException, Broken {
        if (gateway.confirmed() != generation) {
            throw new Broken("generation " + gateway.confirmed() + " is confirmed, not " + generation);
        }
    }
}
