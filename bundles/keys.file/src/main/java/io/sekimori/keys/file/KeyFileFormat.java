package io.sekimori.keys.file;

import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The content of a key file: five lines of ASCII, the last a SHA-256 over those before, so that a damaged file is told
 * from a whole one. Never turns a private key into a String. Stateless.
 *
 * <pre>
 * sekimori-key 1
 * algorithm EC_P256
 * public (SubjectPublicKeyInfo, base64)
 * private (PKCS#8, base64)
 * sha256 (64 hex digits)
 * </pre>
 */
final class KeyFileFormat {

    /** No key file is larger, in bytes. */
    static final int MAX_BYTES = 4_096;

    private static final String FIRST_LINE = "sekimori-key 1";

    private KeyFileFormat() {}

    /** The file for {@code key}; the caller wipes it. */
    static byte[] encode(KeyMaterial key) {
        WipedBytes out = new WipedBytes();
        byte[] base64 = Base64.getEncoder().encode(key.privateKey());
        try {
            out.writeBytes(ascii(FIRST_LINE + "\nalgorithm " + key.algorithm().name() + "\npublic "));
            out.writeBytes(Base64.getEncoder().encode(key.publicKey()));
            out.writeBytes(ascii("\nprivate "));
            out.writeBytes(base64);
            out.writeBytes(ascii("\n"));
            out.writeBytes(ascii("sha256 " + HexFormat.of().formatHex(sha256(out.toWhole(), out.size())) + "\n"));
            return out.toByteArray();
        } finally {
            Arrays.fill(base64, (byte) 0);
            out.wipe();
        }
    }

    /**
     * Reads a key file; the caller wipes {@code file} and closes the answer.
     *
     * @throws KeyException {@link KeyCode#KEY_FILE_MALFORMED} for whatever {@link #encode} would not make
     */
    static KeyMaterial parse(byte[] file) throws KeyException {
        if (file.length > MAX_BYTES) {
            throw malformed("larger than a key file can be");
        }
        Lines lines = new Lines(file);
        lines.expect(FIRST_LINE);
        byte[] algorithm = lines.value("algorithm ");
        byte[] publicKey = lines.value("public ");
        byte[] privateKey = lines.value("private ");
        try {
            byte[] sum = ascii(HexFormat.of().formatHex(sha256(file, lines.at())));
            byte[] written = lines.value("sha256 ");
            if (!lines.isAtEnd() || !MessageDigest.isEqual(sum, written)) {
                throw malformed("the checksum does not fit");
            }
            return new KeyMaterial(algorithm(algorithm), base64(publicKey), base64(privateKey));
        } finally {
            Arrays.fill(privateKey, (byte) 0);
        }
    }

    private static KeyAlgorithm algorithm(byte[] name) throws KeyException {
        for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
            if (Arrays.equals(ascii(algorithm.name()), name)) {
                return algorithm;
            }
        }
        throw malformed("an algorithm that is not known");
    }

    private static byte[] base64(byte[] text) throws KeyException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw malformed("not base64"); // without the cause: its message quotes a character of the key
        }
    }

    private static byte[] sha256(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static KeyException malformed(String detail) {
        return new KeyException(KeyCode.KEY_FILE_MALFORMED, detail, null);
    }

    /** Takes a file apart line by line, each ended by a line feed. */
    private static final class Lines {

        private final byte[] file;
        private int at;

        Lines(byte[] file) {
            this.file = file;
        }

        int at() {
            return at;
        }

        boolean isAtEnd() {
            return at == file.length;
        }

        void expect(String line) throws KeyException {
            if (value(line).length > 0) {
                throw malformed("not the first line of a key file");
            }
        }

        byte[] value(String prefix) throws KeyException {
            byte[] start = ascii(prefix);
            int end = at;
            while (end < file.length && file[end] != '\n') {
                end++;
            }
            boolean terminated = end < file.length;
            if (!terminated
                    || end - at < start.length
                    || !Arrays.equals(file, at, at + start.length, start, 0, start.length)) {
                throw malformed("no line " + prefix.strip());
            }
            byte[] value = Arrays.copyOfRange(file, at + start.length, end);
            at = end + 1;
            return value;
        }
    }

    /** Grows without leaving copies behind: large enough from the start, and wiped at the end. */
    private static final class WipedBytes extends ByteArrayOutputStream {

        WipedBytes() {
            super(MAX_BYTES);
        }

        byte[] toWhole() {
            return buf;
        }

        void wipe() {
            Arrays.fill(buf, (byte) 0);
        }
    }
}
