package io.sekimori.generation;

import io.sekimori.trust.DurableFile;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a process wrote before it halted itself: {@code state/last-words.json}. The next start puts it into its report
 * and removes it.
 *
 * @param kind why the process ended
 * @param why what was being done, safe to show
 * @param generation the generation with which the process was started
 * @param at when
 */
public record LastWords(Kind kind, String why, int generation, Instant at) {

    private static final int MAX_BYTES = 64 * 1024;

    /** Why a process ended itself. */
    public enum Kind {
        /** A deadline expired. */
        DEADLINE,
        /** A stop was not finished in time. */
        STOP_TIMED_OUT,
        /** Code inside the gateway ended the JVM, as {@code System.exit} does. */
        EXITED
    }

    /** Writes them durably. */
    public void write(Unit unit) throws IOException {
        Files.createDirectories(unit.state());
        DurableFile.write(unit.lastWordsFile(), JsonText.bytes(members()));
    }

    /** Reads them; empty if there are none. */
    public static Optional<LastWords> read(Unit unit) throws IOException, MalformedJson {
        Optional<byte[]> bytes = DurableFile.read(unit.lastWordsFile(), MAX_BYTES);
        return bytes.isEmpty() ? Optional.empty() : Optional.of(of(JsonObject.parse(bytes.get(), MAX_BYTES)));
    }

    static LastWords of(JsonObject json) throws MalformedJson {
        try {
            return new LastWords(
                    Kind.valueOf(json.string("kind")),
                    json.string("why"),
                    Format.integer(json, "generation"),
                    Instant.parse(json.string("at")));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new MalformedJson("these are no last words", e);
        }
    }

    Map<String, Object> members() {
        return Map.of("kind", kind.name(), "why", why, "generation", (long) generation, "at", at.toString());
    }
}
