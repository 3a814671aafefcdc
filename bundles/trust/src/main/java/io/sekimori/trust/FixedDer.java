package io.sekimori.trust;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A DER structure of which only the last bytes differ from key to key: no other form of it is taken, so no key has two.
 * Immutable.
 */
final class FixedDer {

    private final byte[] prefix;
    private final int contentBytes;

    private FixedDer(byte[] prefix, int contentBytes) {
        this.prefix = prefix;
        this.contentBytes = contentBytes;
    }

    /**
     * The structure of this beginning.
     *
     * @param prefix in hex
     * @param contentBytes how many bytes follow
     */
    static FixedDer of(String prefix, int contentBytes) {
        return new FixedDer(HexFormat.of().parseHex(prefix), contentBytes);
    }

    byte[] encode(byte[] content) {
        byte[] encoded = Arrays.copyOf(prefix, prefix.length + content.length);
        System.arraycopy(content, 0, encoded, prefix.length, content.length);
        return encoded;
    }

    /** The last bytes; empty if it is anything else. */
    Optional<byte[]> content(byte[] encoded) {
        return encoded.length == prefix.length + contentBytes
                        && Arrays.equals(encoded, 0, prefix.length, prefix, 0, prefix.length)
                ? Optional.of(Arrays.copyOfRange(encoded, prefix.length, encoded.length))
                : Optional.empty();
    }
}
