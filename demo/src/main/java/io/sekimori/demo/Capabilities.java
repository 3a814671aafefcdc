package io.sekimori.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every capability bundle is swapped to a further version while it is called and reconfigured. */
record Capabilities(Stage stage) {

    static final List<String> NAMES = List.of(
            "io.sekimori.audit.chain",
            "io.sekimori.keys.file",
            "io.sekimori.config.admin",
            "io.sekimori.update.engine",
            "io.sekimori.control.socket");
    static final String NEXT = "0.1.1";

    /** Those with a configuration of their own. */
    private static final List<String> CONFIGURABLE = List.of("io.sekimori.audit.chain", "io.sekimori.update.engine");

    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (String name : NAMES) {
            lines.add(new Line(
                    name + " is swapped to " + NEXT + " (same classes, version raised) under eight callers",
                    () -> swap(name)));
        }
        return lines;
    }

    private String swap(String name) throws IOException, Broken {
        stage.maker().release(stage.maker().rebuild(name, NEXT, Map.of()), "overlap");
        stage.traffic().begin(CONFIGURABLE.contains(name) ? name : CONFIGURABLE.get(0));
        stage.traffic().awaitCalls(8);
        long began = System.nanoTime();
        Outcome outcome = stage.update("--set", name + "/" + NEXT).mustBe("CONFIRMED");
        long millis = Stage.since(began).toMillis();
        stage.traffic().awaitCalls(8);
        Traffic.Count count = stage.traffic().count().withoutLoss();
        if (count.reconfigured() == 0) {
            throw new Broken("nothing was reconfigured meanwhile");
        }
        String reconfigured =
                CONFIGURABLE.contains(name) ? "reconfigured " : "(nothing in it to configure) audit reconfigured ";
        return count + ", " + reconfigured + count.reconfigured() + " times, swap gap " + outcome.gapMillis()
                + " ms, whole update " + millis + " ms";
    }
}
