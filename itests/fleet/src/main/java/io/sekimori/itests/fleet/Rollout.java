package io.sekimori.itests.fleet;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One rollout, begun and watched by REST. Confined to one thread. */
public final class Rollout {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Rest rest;
    private final String id;
    private JsonObject shown;

    private Rollout(Rest rest, JsonObject shown) throws IOException {
        this.rest = rest;
        this.shown = shown;
        this.id = text("id");
    }

    /**
     * Begins one that puts a version of a bundle on all gateways whose serial number begins with {@code serial}, in one
     * wave unless {@code waves} says more.
     */
    public static Rollout begin(Rest rest, String serial, String bundle, String version, String... waves)
            throws IOException {
        Map<String, Object> draft = new LinkedHashMap<>();
        draft.put("name", bundle + " " + version);
        draft.put("filter", Map.of("life", "ACTIVATED", "serial", serial));
        draft.put("changes", List.of(Map.of("symbolicName", bundle, "version", version)));
        draft.put("waves", List.of(waves));
        return new Rollout(rest, rest.post("/v1/rollouts", draft));
    }

    /** Ends it; what is assigned stays. */
    public void stop() throws IOException {
        shown = rest.post("/v1/rollouts/" + id + "/stop", Map.of());
    }

    /** Waits until it does not run any more, and answers how it stands: {@code DONE}, or what stopped it. */
    public String awaitEnd() throws IOException {
        Waiting.until("rollout " + id + " ends", PATIENCE, 250_000_000, () -> {
            look();
            return !text("state").equals("RUNNING");
        });
        return text("state");
    }

    /** Waits until none of its gateways is in that state. */
    public void awaitNone(String state) throws IOException {
        Waiting.until("no gateway is " + state, PATIENCE, 10_000_000, () -> {
            look();
            return count(state) == 0;
        });
    }

    private void look() throws IOException {
        shown = rest.get("/v1/rollouts/" + id);
    }

    /** How many of its gateways were in that state when it was looked at last. */
    public long count(String state) throws IOException {
        try {
            return shown.object("counts").number(state);
        } catch (MalformedJson e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** How many gateways it has. */
    public long total() throws IOException {
        try {
            return shown.number("total");
        } catch (MalformedJson e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Where it stands, for people. */
    public String describe() throws IOException {
        return text("state") + " " + text("reason") + " " + shown.asMap().get("counts");
    }

    private String text(String name) throws IOException {
        try {
            return shown.string(name);
        } catch (MalformedJson e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
