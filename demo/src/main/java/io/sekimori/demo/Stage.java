package io.sekimori.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** What all lines of the demo share: the maker, the gateway they are about, its callers. Confined to one thread. */
final class Stage {

    private final Maker maker;
    private final Gateway gateway;
    private final Traffic traffic;

    Stage(Maker maker, Gateway gateway) {
        this.maker = maker;
        this.gateway = gateway;
        this.traffic = new Traffic(gateway);
    }

    Maker maker() {
        return maker;
    }

    Gateway gateway() {
        return gateway;
    }

    Traffic traffic() {
        return traffic;
    }

    /** Assigns a change to the gateway and applies it. */
    Outcome update(Object... changes) throws Broken {
        return apply(maker.pack(Maker.SERIAL, changes));
    }

    /** Applies a pack. */
    Outcome apply(Path pack) throws Broken {
        return Outcome.of(maker.tool().run("update", "apply", pack, "--unit", gateway.unit(), "--json"));
    }

    /** Fails if store or pointer are other than {@code before}. */
    void mustBeUnchanged(Footprint before) throws IOException, Broken {
        before.mustEqual(Footprint.of(gateway.unit()));
    }

    static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }

    static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
