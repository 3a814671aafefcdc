package io.sekimori.trust;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Copies bytes in pieces of 64 KiB while it hashes them. Confined to one thread. */
final class HashedCopy {

    /** TUF's names of the hash algorithms this client knows, and the platform's. */
    static final Map<String, String> ALGORITHMS = Map.of("sha256", "SHA-256", "sha512", "SHA-512");

    private static final int BUFFER_BYTES = 1 << 16;

    private final Map<String, MessageDigest> digests = new HashMap<>();

    /** @param algorithms of {@link #ALGORITHMS} */
    HashedCopy(Set<String> algorithms) {
        algorithms.forEach(algorithm -> digests.put(algorithm, digest(ALGORITHMS.get(algorithm))));
    }

    /** Copies at most {@code most} bytes; answers how many there were of these. */
    long copy(InputStream from, OutputStream to, long most) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long copied = 0;
        while (copied < most) {
            int n = from.read(buffer, 0, (int) Math.min(buffer.length, most - copied));
            if (n < 0) {
                break;
            }
            for (MessageDigest digest : digests.values()) {
                digest.update(buffer, 0, n);
            }
            to.write(buffer, 0, n);
            copied += n;
        }
        return copied;
    }

    /** The hash of what was copied; to be asked for once. */
    String hex(String algorithm) {
        return Hex.encode(digests.get(algorithm).digest());
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + name, e);
        }
    }
}
