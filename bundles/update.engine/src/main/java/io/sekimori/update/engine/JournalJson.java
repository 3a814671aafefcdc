package io.sekimori.update.engine;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import io.sekimori.update.Origin;
import io.sekimori.update.Phase;
import io.sekimori.update.PlannedBundle.Action;
import io.sekimori.update.Reason;
import io.sekimori.update.TransitionReport.Swapped;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The form of {@code state/transition.json}. A version of the engine reads what its predecessor writes. */
final class JournalJson {

    private static final int MAX_BYTES = 1 << 20;

    private JournalJson() {}

    static byte[] bytes(Journal journal) {
        Map<String, Object> json = new TreeMap<>();
        json.put("format", 1L);
        json.put("id", journal.id());
        json.put("from", (long) journal.from());
        json.put("to", (long) journal.to());
        json.put("assignment", journal.assignment());
        json.put("phase", journal.phase().name());
        json.put("person", journal.origin().person());
        json.put("channel", journal.origin().channel());
        json.put("started", journal.started().toString());
        json.put("process", journal.process());
        journal.stale().ifPresent(since -> json.put("offlineStale", since.toString()));
        json.put("rewired", journal.rewired());
        json.put("wellBefore", journal.wellBefore().stream().sorted().toList());
        json.put("swaps", journal.swaps().stream().map(JournalJson::swap).toList());
        journal.snapshot()
                .ifPresent(kept -> json.put("snapshot", Map.of("id", kept.id(), "versions", kept.versions())));
        journal.reason()
                .ifPresent(reason -> json.put("reason", Map.of("code", reason.code(), "detail", reason.detail())));
        return JsonText.bytes(json);
    }

    static Journal parse(byte[] utf8) throws MalformedJson {
        JsonObject json = JsonObject.parse(utf8, MAX_BYTES);
        if (json.number("format") != 1) {
            throw new MalformedJson("format is not 1");
        }
        try {
            return new Journal(
                    json.string("id"),
                    Math.toIntExact(json.number("from")),
                    Math.toIntExact(json.number("to")),
                    // What a version wrote that did not know it yet.
                    json.optionalNumber("assignment").orElse(0L),
                    Phase.valueOf(json.string("phase")),
                    new Origin(json.string("person"), json.string("channel")),
                    Instant.parse(json.string("started")),
                    json.string("process"),
                    json.optionalString("offlineStale").map(Instant::parse),
                    kept(json.optionalObject("snapshot")),
                    texts(json.object("rewired")),
                    Set.copyOf(new HashSet<>(json.strings("wellBefore"))),
                    swaps(json.objects("swaps")),
                    reason(json.optionalObject("reason")));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new MalformedJson("the journal has a value that cannot be: " + e.getMessage(), e);
        }
    }

    static Map<String, Object> swap(Swapped swap) {
        return Map.of(
                "symbolicName",
                swap.symbolicName(),
                "action",
                swap.action().name(),
                "gapMicros",
                swap.gap().toNanos() / 1000,
                "tookMicros",
                swap.took().toNanos() / 1000);
    }

    static List<Swapped> swaps(List<JsonObject> list) throws MalformedJson {
        List<Swapped> swaps = new ArrayList<>();
        for (JsonObject json : list) {
            swaps.add(new Swapped(
                    json.string("symbolicName"),
                    Action.valueOf(json.string("action")),
                    micros(json.number("gapMicros")),
                    micros(json.number("tookMicros"))));
        }
        return swaps;
    }

    static Optional<Reason> reason(Optional<JsonObject> json) throws MalformedJson {
        return json.isEmpty()
                ? Optional.empty()
                : Optional.of(new Reason(json.get().string("code"), json.get().string("detail")));
    }

    private static Duration micros(long micros) {
        return Duration.ofSeconds(micros / 1_000_000, micros % 1_000_000 * 1000);
    }

    private static Optional<Journal.Kept> kept(Optional<JsonObject> json) throws MalformedJson {
        if (json.isEmpty()) {
            return Optional.empty();
        }
        JsonObject versions = json.get().object("versions");
        Map<String, Long> kept = new HashMap<>();
        for (String pid : versions.names()) {
            kept.put(pid, versions.number(pid));
        }
        return Optional.of(new Journal.Kept(json.get().string("id"), kept));
    }

    private static Map<String, String> texts(JsonObject json) throws MalformedJson {
        Map<String, String> texts = new HashMap<>();
        for (String name : json.names()) {
            texts.put(name, json.string(name));
        }
        return texts;
    }
}
