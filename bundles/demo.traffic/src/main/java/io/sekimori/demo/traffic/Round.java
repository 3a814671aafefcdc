package io.sekimori.demo.traffic;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What the demo wants counted together, as it wrote it into {@code round.json}.
 *
 * @param name of the round, repeated in the report
 * @param reconfigure the PID whose configuration is changed all the time while the round lasts, if any
 * @param kinds the conversations that are had
 */
record Round(String name, Optional<String> reconfigure, Set<String> kinds) {

    static final Round NONE = new Round("", Optional.empty(), Set.of("audit", "keys", "config", "events"));
    private static final int MAX_BYTES = 4096;

    /** The round that {@code file} asks for; {@link #NONE} if there is no such file or it is not whole yet. */
    static Round read(Path file) throws IOException {
        try {
            JsonObject wish = JsonObject.parse(Files.readAllBytes(file), MAX_BYTES);
            Set<String> kinds = wish.optionalString("kinds")
                    .map(names -> Set.of(names.split(" ")))
                    .orElse(NONE.kinds());
            return new Round(wish.string("name"), wish.optionalString("reconfigure"), kinds);
        } catch (NoSuchFileException | MalformedJson e) {
            return NONE;
        }
    }
}
