package io.sekimori.access.people;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A password hashed by Argon2id (RFC 9106), in the text form that the competition for password hashing set. Immutable, thread-safe.
 */
final class Argon2Hash {

    /**
     * What one hash costs, whoever makes it.
     *
     * @param memoryKib how much memory, in KiB
     * @param passes how often it is gone through
     */
    record Cost(int memoryKib, int passes) {

        /** The second recommended choice of the RFC: 64 MiB, three passes. */
        static final Cost USUAL = new Cost(64 << 10, 3);

        /** @throws IllegalArgumentException if a stored text with it could not be read back */
        Cost {
            if (memoryKib < 8 || memoryKib > MOST_MEMORY_KIB || passes < 1 || passes > MOST_PASSES) {
                throw new IllegalArgumentException("the cost of a hash is out of range");
            }
        }
    }

    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    /** No stored text makes a check cost more than this. */
    private static final int MOST_MEMORY_KIB = 256 << 10;

    private static final int MOST_PASSES = 10;

    private static final Pattern TEXT = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d)\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{43})");

    private final int memoryKib;
    private final int passes;
    private final int lanes;
    private final byte[] salt;
    private final byte[] hash;

    private Argon2Hash(int memoryKib, int passes, int lanes, byte[] salt, byte[] hash) {
        this.memoryKib = memoryKib;
        this.passes = passes;
        this.lanes = lanes;
        this.salt = salt;
        this.hash = hash;
    }

    /** Hashes a password, which takes what it costs. */
    static Argon2Hash of(char[] password, Cost cost, SecureRandom random) {
        byte[] salt = random(SALT_BYTES, random);
        byte[] hash = hash(password, cost.memoryKib(), cost.passes(), LANES, salt);
        return new Argon2Hash(cost.memoryKib(), cost.passes(), LANES, salt, hash);
    }

    /** One that no password has, and that takes as long to check as any other. */
    static Argon2Hash ofNobody(Cost cost, SecureRandom random) {
        return new Argon2Hash(
                cost.memoryKib(), cost.passes(), LANES, random(SALT_BYTES, random), random(HASH_BYTES, random));
    }

    /** Reads the text form; empty for anything that {@link #text} would not make with bearable costs. */
    static Optional<Argon2Hash> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int memory = Integer.parseInt(parts.group(1));
        int passes = Integer.parseInt(parts.group(2));
        int lanes = Integer.parseInt(parts.group(3));
        if (memory > MOST_MEMORY_KIB || passes > MOST_PASSES || lanes < 1 || passes < 1 || memory < 8 * lanes) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Argon2Hash(
                    memory,
                    passes,
                    lanes,
                    Base64.getDecoder().decode(parts.group(4)),
                    Base64.getDecoder().decode(parts.group(5))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether it is the hash of that password; takes as long either way. */
    boolean fits(char[] password) {
        byte[] made = hash(password, memoryKib, passes, lanes, salt);
        try {
            return MessageDigest.isEqual(made, hash);
        } finally {
            Arrays.fill(made, (byte) 0);
        }
    }

    /** The text form, for the store. */
    String text() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + memoryKib + ",t=" + passes + ",p=" + lanes + "$" + base64.encodeToString(salt)
                + "$" + base64.encodeToString(hash);
    }

    private static byte[] hash(char[] password, int memoryKib, int passes, int lanes, byte[] salt) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        byte[] none = {};
        try {
            return Argon2id.tag(new Argon2id.Input(bytes, salt, none, none), memoryKib, passes, lanes, HASH_BYTES);
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(encoded.array(), (byte) 0);
        }
    }

    private static byte[] random(int count, SecureRandom random) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
