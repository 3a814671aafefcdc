package io.sekimori.generation;

import io.sekimori.trust.DurableFile;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.SupportPeriod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Until when the publisher of what runs brings updates for this model (EN 303 645, 5.3-13). */
public final class Support {

    private static final int MAX_NAMEPLATE_BYTES = 64 << 10;

    private Support() {}

    /**
     * The end, as the metadata say that vouched for a generation. What cannot be read is left out, since verifying the
     * generation says so with the better code.
     *
     * @throws IOException if the disk fails
     */
    public static Optional<Instant> end(Unit unit, int generation) throws IOException {
        try {
            Path targets = unit.evidence(generation).resolve("release/targets.json");
            Optional<byte[]> signed = DurableFile.read(targets, JsonObject.MAX_BYTES);
            Optional<byte[]> plate = DurableFile.read(unit.nameplate(), MAX_NAMEPLATE_BYTES);
            if (signed.isEmpty() || plate.isEmpty()) {
                return Optional.empty();
            }
            return SupportPeriod.of(JsonObject.parse(signed.get()).object("signed"))
                    .end(Nameplate.parse(plate.get()).model());
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }
}
