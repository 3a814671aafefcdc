package io.sekimori.update.engine;

import io.sekimori.trust.DurableFile;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import io.sekimori.update.Forgeries.Forgery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How often what only an attacker sends was refused since the unit was made, of each kind, and when last. One small file, whose length no attacker
 * has a say in. One that is damaged begins anew. Immutable.
 */
record ForgeryCount(Map<Forgery, Seen> seen) {

    static final String FILE = "forgeries.json";

    static final ForgeryCount NONE = new ForgeryCount(Map.of());

    private static final int MAX_BYTES = 4_096;
    private static final Duration TOLD = Duration.ofDays(7);

    /** @param times since the unit was made */
    record Seen(long times, Instant last) {

        Seen and(Seen other) {
            return new Seen(times + other.times, last.isAfter(other.last) ? last : other.last);
        }
    }

    ForgeryCount {
        seen = Map.copyOf(seen);
    }

    /** @throws IOException if the disk does not say: what is there may be whole, and must not be written over */
    static ForgeryCount read(Path folder) throws IOException {
        Map<Forgery, Seen> seen = new EnumMap<>(Forgery.class);
        Optional<byte[]> bytes = DurableFile.read(folder.resolve(FILE), MAX_BYTES);
        try {
            if (bytes.isPresent()) {
                JsonObject json = JsonObject.parse(bytes.get(), MAX_BYTES);
                for (Forgery each : Forgery.values()) {
                    if (json.has(each.name())) {
                        JsonObject one = json.object(each.name());
                        seen.put(each, new Seen(Math.max(0, one.number("times")), Instant.parse(one.string("last"))));
                    }
                }
            }
        } catch (MalformedJson | DateTimeException e) {
            seen.clear();
        }
        return new ForgeryCount(seen);
    }

    /** With these as well. */
    ForgeryCount with(Map<Forgery, Seen> more) {
        Map<Forgery, Seen> all = new EnumMap<>(Forgery.class);
        all.putAll(seen);
        more.forEach((forgery, one) -> all.merge(forgery, one, Seen::and));
        return new ForgeryCount(all);
    }

    void write(Path folder) throws IOException {
        Map<String, Object> json = new TreeMap<>();
        seen.forEach((forgery, one) -> json.put(
                forgery.name(), Map.of("times", one.times(), "last", one.last().toString())));
        Files.createDirectories(folder);
        DurableFile.write(folder.resolve(FILE), JsonText.bytes(json));
    }

    /** How many there were. */
    long total() {
        return seen.values().stream().mapToLong(Seen::times).sum();
    }

    /** One line for each kind of the last week, as {@link Attacks#seen} writes them. */
    List<String> lines(Instant now) {
        List<String> lines = new ArrayList<>();
        for (Forgery each : Forgery.values()) {
            Seen one = seen.get(each);
            if (one != null && one.last().isAfter(now.minus(TOLD))) {
                lines.add(Attacks.WORD + each + " by " + Consent.CONSOLE + ", seen " + one.times() + ", last "
                        + one.last());
            }
        }
        return lines;
    }
}
