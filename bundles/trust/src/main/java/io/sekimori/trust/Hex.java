package io.sekimori.trust;

import java.util.HexFormat;
import java.util.Optional;

/** Hexadecimal text. */
final class Hex {

    private Hex() {}

    static String encode(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** The bytes, or empty if {@code text} is not hex. */
    static Optional<byte[]> decode(String text) {
        try {
            return Optional.of(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
