package io.sekimori.generation;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.util.Map;

/**
 * A generation on trial by a new process: {@code state/trial.json}.
 *
 * @param generation the generation that is tried
 * @param triesLeft how many starts of it are left, 0 to 100
 */
public record Trial(int generation, int triesLeft) {

    private static final int MAX_TRIES = 100;

    /** @throws IllegalArgumentException if a number is out of its range */
    public Trial {
        Generation.requireNumber(generation);
        if (triesLeft < 0 || triesLeft > MAX_TRIES) {
            throw new IllegalArgumentException("tries left are 0 to " + MAX_TRIES);
        }
    }

    /** The same trial with one try less; with none left it stays as it is. */
    public Trial oneTryLess() {
        return new Trial(generation, Math.max(0, triesLeft - 1));
    }

    /** The same trial with no try left. */
    public Trial spent() {
        return new Trial(generation, 0);
    }

    /** Reads the bytes of the file. */
    public static Trial parse(byte[] utf8) throws MalformedJson {
        JsonObject json = Format.require(utf8, 1);
        return Format.checked(() -> new Trial(Format.integer(json, "generation"), Format.integer(json, "triesLeft")));
    }

    /** The bytes of the file. */
    public byte[] bytes() {
        return JsonText.bytes(Map.of("format", 1L, "generation", (long) generation, "triesLeft", (long) triesLeft));
    }
}
