package io.sekimori.demo;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Starts that have something against them. */
record Restarts(Stage stage) {

    private static final String GUEST = Refusals.GUEST;
    private static final Duration TWO_YEARS = Duration.ofDays(731);

    List<Line> lines() {
        return List.of(
                new Line("a generation that crashes at its start falls back", this::crashing),
                new Line("a unit whose metadata expired a year ago still starts", this::expiredLongAgo));
    }

    private String crashing() throws IOException, Broken {
        Maker maker = stage.maker();
        maker.release(maker.rebuild(GUEST, "0.6.0", Map.of("Sekimori-Demo-Mood", "crashing")), "restart");
        long before = stage.gateway().confirmed();
        long began = System.nanoTime();
        Thread keeper = new Thread(this::startAgain, "sekimori-service-manager");
        keeper.setDaemon(true);
        keeper.start();
        Outcome outcome = stage.update("--set", GUEST + "/0.6.0");
        keeper.interrupt();
        outcome.mustFailFor("FELL_BACK", "TRIES_USED_UP", "PROCESS_ENDED");
        BadBundles.mustRun(stage.gateway(), before);
        Duration took = Stage.since(began);
        Tool.Answer status =
                maker.tool().run("status", "--unit", stage.gateway().unit(), "--json");
        if (status.exit() != 1 || !status.out().contains("FELL_BACK")) {
            throw new Broken("status is not red for FELL_BACK: " + status.line());
        }
        stage.gateway().stop();
        Duration up = stage.gateway().start();
        return outcome.code() + ", status red with FELL_BACK; generation " + before + " runs again "
                + Stage.millis(took) + " after the update was asked for, and after a start in " + Stage.millis(up)
                + " it is green";
    }

    /** As systemd does with a service that died: the crash ends the process and its start script. */
    private void startAgain() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                stage.gateway()
                        .await(
                                "the process ends",
                                () -> stage.gateway().process().isEmpty());
                stage.gateway().launch();
            }
        } catch (IOException | Broken e) {
            // The line itself sees that the gateway does not come back.
            return;
        }
    }

    private String expiredLongAgo() throws IOException, Broken {
        Maker maker = stage.maker();
        Clock then = Clock.fixed(Instant.now().minus(TWO_YEARS), ZoneOffset.UTC);
        Maker old = new Maker(
                new Place(maker.place().home(), maker.place().state().resolve("old")),
                maker.tool().at(then));
        old.begin();
        old.releaseProduct();
        Gateway gateway = old.unit("expired");
        Duration up = gateway.start();
        try {
            String status = maker.tool()
                    .run("status", "--unit", gateway.unit(), "--json")
                    .out();
            if (!status.contains("METADATA_EXPIRED")) {
                throw new Broken("status does not say METADATA_EXPIRED");
            }
            return "answers after " + Stage.millis(up) + ", status says METADATA_EXPIRED";
        } finally {
            gateway.stop();
        }
    }
}
