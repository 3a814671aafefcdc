package io.sekimori.demo;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.util.List;

/** What is left to check when all is over. */
record Ending(Stage stage) {

    List<Line> lines() {
        return List.of(
                new Line("the audit chain is whole", this::audit), new Line("the gateway is green", this::green));
    }

    private String audit() throws Broken {
        JsonObject found = stage.maker()
                .tool()
                .must("audit", "verify", "--unit", stage.gateway().unit(), "--json")
                .json();
        try {
            return found.number("records") + " records, " + found.number("firstSequence") + " to "
                    + found.number("lastSequence");
        } catch (MalformedJson e) {
            throw new Broken("the answer cannot be read", e);
        }
    }

    private String green() throws Broken {
        JsonObject status = stage.maker()
                .tool()
                .must("status", "--unit", stage.gateway().unit(), "--json")
                .json();
        try {
            return "generation " + status.number("generation");
        } catch (MalformedJson e) {
            throw new Broken("the answer cannot be read", e);
        }
    }
}
