package io.sekimori.update.engine;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.Swap;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Generations for tests that need no files. */
final class Generations {

    private Generations() {}

    static Generation of(int number, GenerationBundle... bundles) {
        return of(number, "a".repeat(64), List.of(bundles));
    }

    static Generation of(int number, String slot, List<GenerationBundle> bundles) {
        return new Generation(number, Instant.EPOCH, slot, number, bundles, Map.of());
    }

    static GenerationBundle bundle(String name, int version, Swap swap, int startLevel) {
        String digest = Sha256.hex((name + version).getBytes(StandardCharsets.UTF_8));
        return new GenerationBundle(name, version + ".0.0", digest, 10, version, startLevel, swap);
    }
}
