package io.sekimori.demo;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One rollout of the demo, ordered and watched with the command line. */
final class RolloutRun {

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final FleetStage stage;
    private final String id;
    private final long began = System.nanoTime();

    private RolloutRun(FleetStage stage, String id) {
        this.stage = stage;
        this.id = id;
    }

    /** Begins one; {@code words} say what, for whom, and in which waves. */
    static RolloutRun begin(FleetStage stage, String name, Object... words) throws Broken {
        List<Object> line = new ArrayList<>(List.of("rollout", "start", "--json", "--name", name));
        line.addAll(List.of(words));
        try {
            return new RolloutRun(
                    stage, stage.tool().must(line.toArray()).json().string("id"));
        } catch (MalformedJson e) {
            throw new Broken("the rollout has no id", e);
        }
    }

    /** Waits until it stands in {@code state}. */
    RolloutRun awaitState(String state) throws IOException, Broken {
        Waiting.until(
                "the rollout is " + state + " (" + this + ")",
                PATIENCE,
                () -> text("state").equals(state));
        return this;
    }

    /** Waits until so many of its gateways are in {@code state}. */
    RolloutRun awaitCount(String state, long count) throws IOException, Broken {
        Waiting.until(count + " gateways are " + state + " (" + this + ")", PATIENCE, () -> count(state) == count);
        return this;
    }

    long count(String state) throws Broken {
        try {
            return rollout().object("counts").number(state);
        } catch (MalformedJson e) {
            throw new Broken("the rollout has no counts", e);
        }
    }

    /** Fails unless the counts add up to the number of gateways. */
    RolloutRun mustAddUp() throws Broken {
        try {
            JsonObject counts = rollout().object("counts");
            long sum = 0;
            for (String state : counts.names()) {
                sum += counts.number(state);
            }
            if (sum != rollout().number("total")) {
                throw new Broken("the counts add up to " + sum);
            }
            return this;
        } catch (MalformedJson e) {
            throw new Broken("the rollout has no counts", e);
        }
    }

    /** The reason code of a gateway. */
    String code(String serial) throws Broken {
        try {
            for (JsonObject target : shown().objects("targets")) {
                if (target.string("gateway").equals(stage.id(serial))) {
                    return target.string("code");
                }
            }
        } catch (MalformedJson e) {
            throw new Broken("the targets cannot be read", e);
        }
        throw new Broken(serial + " is not in the rollout");
    }

    String text(String name) throws Broken {
        try {
            return rollout().string(name);
        } catch (MalformedJson e) {
            throw new Broken("the rollout has no " + name, e);
        }
    }

    long seconds() {
        return Duration.ofNanos(System.nanoTime() - began).toSeconds();
    }

    private JsonObject rollout() throws Broken {
        try {
            return shown().object("rollout");
        } catch (MalformedJson e) {
            throw new Broken("the rollout cannot be read", e);
        }
    }

    private JsonObject shown() throws Broken {
        return stage.tool().must("rollout", "show", id, "--json").json();
    }

    @Override
    public String toString() {
        return "rollout " + id;
    }
}
