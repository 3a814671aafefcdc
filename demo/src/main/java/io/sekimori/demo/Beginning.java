package io.sekimori.demo;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Keys, releases, a unit, and its first start. */
record Beginning(Maker maker, Gateway gateway) {

    List<Line> lines() {
        return List.of(
                new Line("keys, releases and a unit are made", this::make),
                new Line("generation 1 is verified and started", this::start));
    }

    private String make() throws IOException, Broken {
        long began = System.nanoTime();
        Files.createDirectories(maker.place().packs());
        maker.begin();
        maker.releaseProduct();
        maker.unit(Maker.SERIAL);
        return Stage.millis(Stage.since(began)) + " with the same commands a maker gives";
    }

    private String start() throws IOException, Broken {
        gateway.start();
        JsonObject status =
                maker.tool().must("status", "--unit", gateway.unit(), "--json").json();
        try {
            JsonObject start = status.object("start");
            return start.number("filesVerified") + " files verified in " + start.number("verifyMillis")
                    + " ms, ready after " + start.number("readyMillis") + " ms";
        } catch (MalformedJson e) {
            throw new Broken("the status cannot be read", e);
        }
    }
}
