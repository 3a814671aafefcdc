package io.sekimori.update.engine;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.Unit;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Gives the fallback up when the confirmed generation has run long enough: what is replaced must not stay startable for
 * ever, least of all for who would damage the new one to get the old one back. Counted is the time it ran, over all
 * starts, and not what a clock says. Confined to the engine's thread.
 */
final class Settled {

    private static final int MAX_BYTES = 4096;

    private final Unit unit;

    Settled(Unit unit) {
        this.unit = unit;
    }

    /**
     * Counts that the confirmed generation has run.
     *
     * @param ran since it was counted last
     * @param limit after how much of it the fallback is given up; zero for never
     * @return the fallback that is none any more
     */
    Optional<Integer> count(Confirmed confirmed, Duration ran, Duration limit) throws IOException {
        if (confirmed.fallback().isEmpty() || limit.isZero()) {
            return Optional.empty();
        }
        Duration total = before(confirmed.generation()).plus(ran);
        if (total.compareTo(limit) < 0) {
            DurableFile.write(
                    unit.settledFile(),
                    JsonText.bytes(Map.of(
                            "format", 1L, "generation", (long) confirmed.generation(), "seconds", total.toSeconds())));
            return Optional.empty();
        }
        new Pointer(unit).commit(confirmed.alone());
        DurableFile.delete(unit.settledFile());
        return confirmed.fallback();
    }

    // A count that cannot be read is begun anew: the fallback stays longer, and nothing else happens.
    private Duration before(int generation) throws IOException {
        Optional<byte[]> bytes = DurableFile.read(unit.settledFile(), MAX_BYTES);
        if (bytes.isEmpty()) {
            return Duration.ZERO;
        }
        try {
            JsonObject json = JsonObject.parse(bytes.get(), MAX_BYTES);
            return json.number("generation") == generation ? Duration.ofSeconds(json.number("seconds")) : Duration.ZERO;
        } catch (MalformedJson e) {
            return Duration.ZERO;
        }
    }
}
