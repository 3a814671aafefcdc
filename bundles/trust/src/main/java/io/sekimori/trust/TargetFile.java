package io.sekimori.trust;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A target as trusted metadata lists it (4.5).
 *
 * @param path   its path: relative, of parts that are names, none of them {@code .} or {@code ..}
 * @param length in bytes
 * @param hashes of the algorithms that this client knows, sha256 and sha512; at least one, as listed
 * @param remote where the repository has it, below the base of its targets: with a hash before the name if it is of
 *               consistent snapshots (6.2)
 */
public record TargetFile(String path, long length, Map<String, String> hashes, String remote) {

    private static final int MAX_PART_BYTES = 200;

    public TargetFile {
        hashes = Map.copyOf(hashes);
    }

    static TargetFile of(String path, TargetSearch.Found found, boolean consistent) throws TrustException {
        requireName(path);
        try {
            JsonObject listed = found.target().object("hashes");
            Map<String, String> hashes = new TreeMap<>();
            for (String algorithm : HashedCopy.ALGORITHMS.keySet()) {
                if (listed.has(algorithm)) {
                    hashes.put(algorithm, listed.string(algorithm));
                }
            }
            if (hashes.isEmpty()) {
                throw new TrustException(
                        TrustCode.HASH_UNSUPPORTED, path + " has only hashes of " + listed.names()); // 5.7.3
            }
            long length = found.target().number("length");
            if (length < 0) {
                throw new MalformedJson("the length of " + path + " is below 0");
            }
            return new TargetFile(path, length, hashes, consistent ? hashed(path, hashes) : path);
        } catch (MalformedJson e) {
            throw Envelope.malformed(found.role().envelope().name, e);
        }
    }

    /**
     * Copies the target, never more of it than listed.
     *
     * @throws TrustException {@link TrustCode#TARGET_LENGTH} or {@link TrustCode#TARGET_HASH} (5.7.2, 5.7.3); what was
     *     written until then must be thrown away
     */
    public void copy(InputStream from, OutputStream to) throws IOException {
        HashedCopy copy = new HashedCopy(hashes.keySet());
        long copied = copy.copy(from, to, length);
        if (copied != length || from.read() >= 0) {
            throw new TrustException(
                    TrustCode.TARGET_LENGTH,
                    path + " has " + (copied == length ? "more than " + length : copied) + " bytes, listed are "
                            + length);
        }
        Optional<String> wrong = hashes.entrySet().stream()
                .filter(listed -> !copy.hex(listed.getKey()).equals(listed.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
        if (wrong.isPresent()) {
            throw new TrustException(TrustCode.TARGET_HASH, path + " has another " + wrong.get() + " than listed");
        }
    }

    // 6.2: the hash belongs before the last part.
    private static String hashed(String path, Map<String, String> hashes) throws MalformedJson {
        String hash = hashes.getOrDefault("sha256", hashes.get("sha512"));
        if (!hash.matches("[0-9a-f]{64}|[0-9a-f]{128}")) {
            throw new MalformedJson("a hash of " + path + " is not lower-case hex");
        }
        int name = path.lastIndexOf('/') + 1;
        return path.substring(0, name) + hash + "." + path.substring(name);
    }

    // It becomes a path below a directory: nothing that leaves it, and nothing that two systems read differently.
    private static void requireName(String path) throws TrustException {
        boolean good = Stream.of(path.split("/", -1))
                        .allMatch(part -> !part.isEmpty()
                                && !part.equals(".")
                                && !part.equals("..")
                                && part.getBytes(StandardCharsets.UTF_8).length <= MAX_PART_BYTES)
                && path.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c));
        if (!good) {
            throw new TrustException(TrustCode.TARGET_NAME, "a target is called \"" + path + "\"");
        }
    }
}
