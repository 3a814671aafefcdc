package io.sekimori.update.engine.lab;

import io.sekimori.trust.Swap;
import java.nio.file.Path;
import java.util.List;

/** A bundle to be released, and its mode in the next generation. */
public record Item(
        Path jar, String symbolicName, String version, Swap swap, int startLevel, boolean floor, List<String> models) {

    /** Withdraws every release before it. */
    public Item withFloor() {
        return new Item(jar, symbolicName, version, swap, startLevel, true, models);
    }

    /** With the signature of a publisher in the jar. */
    public Item signedBy(Authority publisher) throws Exception {
        return new Item(publisher.sign(jar), symbolicName, version, swap, startLevel, floor, models);
    }

    /** For gateways of this model alone. */
    public Item madeFor(String model) {
        return new Item(jar, symbolicName, version, swap, startLevel, floor, List.of(model));
    }
}
