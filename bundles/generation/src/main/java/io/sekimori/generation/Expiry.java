package io.sekimori.generation;

import io.sekimori.trust.DurableFile;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** When the metadata that vouched for a generation expires: that decides acceptance, never a start, and is worth knowing. */
public final class Expiry {

    private Expiry() {}

    /**
     * The metadata that has expired: its name to when that was. What cannot be read is left out, since verifying the
     * generation says so with the better code.
     *
     * @throws IOException if the disk fails
     */
    public static Map<String, Instant> past(Unit unit, int generation, Instant now) throws IOException {
        Map<String, Instant> past = new TreeMap<>();
        for (String name : List.of("release/timestamp.json", "director/targets.json")) {
            expires(unit.evidence(generation).resolve(name))
                    .filter(now::isAfter)
                    .ifPresent(since -> past.put(name, since));
        }
        return past;
    }

    private static Optional<Instant> expires(Path file) throws IOException {
        try {
            Optional<byte[]> bytes = DurableFile.read(file, JsonObject.MAX_BYTES);
            return bytes.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Instant.parse(
                            JsonObject.parse(bytes.get()).object("signed").string("expires")));
        } catch (MalformedJson | DateTimeException e) {
            return Optional.empty();
        }
    }
}
