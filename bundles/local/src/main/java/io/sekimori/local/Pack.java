package io.sekimori.local;

import io.sekimori.trust.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * A file that may be an update; what it is worth the engine says.
 *
 * @param file where it is
 * @param name to be shown: without control and direction characters
 * @param place where it came from
 * @param bytes how long it is
 * @param modified when it was changed last, as its file system says
 */
record Pack(Path file, String name, Place place, long bytes, Instant modified) {

    private static final int ID_LENGTH = 16;

    enum Place {
        STICK,
        UPLOAD
    }

    static Pack of(Path file, Place place, long bytes, Instant modified) {
        // Control, format (with those that turn the direction of text) and unpaired characters.
        String shown = file.getFileName().toString().replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}]", "?");
        return new Pack(file, shown, place, bytes, modified);
    }

    /** Another one if the file is another one. */
    String id() {
        String facts = place + "\0" + file + "\0" + bytes + "\0" + modified;
        return Sha256.hex(facts.getBytes(StandardCharsets.UTF_8)).substring(0, ID_LENGTH);
    }

    Map<String, Object> json() {
        return Map.of(
                "id", id(),
                "name", name,
                "place", place.name(),
                "bytes", bytes,
                "modified", modified.toString());
    }
}
