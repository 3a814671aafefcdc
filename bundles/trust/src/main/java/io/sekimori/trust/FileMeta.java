package io.sekimori.trust;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;

/** What timestamp and snapshot say of another metadata file (4.4, 4.5): its version and, if they like, length and hashes. */
record FileMeta(long version, Optional<Long> length, Optional<JsonObject> hashes) {

    static FileMeta of(JsonObject meta) throws MalformedJson {
        Optional<JsonObject> hashes = meta.optionalObject("hashes");
        if (hashes.isPresent()) {
            for (String algorithm : hashes.get().names()) {
                hashes.get().string(algorithm);
            }
        }
        return new FileMeta(Header.version(meta), meta.optionalNumber("length"), hashes);
    }

    /** 5.5.1, 5.5.2, 5.6.1, 5.6.2: before anything in it is looked at. Every hash of a known algorithm must be right. */
    void requireContent(String name, byte[] bytes, TrustCode lengthCode, TrustCode hashCode) throws TrustException {
        if (length.isPresent() && length.get() != bytes.length) {
            boolean longer = bytes.length > length.get(); // of what is longer no more than one byte was read
            throw new TrustException(
                    lengthCode,
                    name
                            + (longer ? " is longer than " : " has " + bytes.length + " bytes instead of ")
                            + length.get());
        }
        if (hashes.isPresent()) {
            requireHashes(hashes.get(), name, bytes, hashCode);
        }
    }

    /** 5.5.4, 5.6.4. */
    void requireVersion(Header header, TrustCode code) throws TrustException {
        if (header.version() != version) {
            throw new TrustException(
                    code, header.name() + " has version " + header.version() + " instead of " + version);
        }
    }

    private static void requireHashes(JsonObject hashes, String name, byte[] bytes, TrustCode code)
            throws TrustException {
        boolean checked = false;
        for (Map.Entry<String, String> algorithm : HashedCopy.ALGORITHMS.entrySet()) {
            if (hashes.has(algorithm.getKey())) {
                if (!digest(algorithm.getValue(), bytes).equals(hashes.asMap().get(algorithm.getKey()))) {
                    throw new TrustException(code, name + " has another " + algorithm.getKey() + " than listed");
                }
                checked = true;
            }
        }
        if (!checked) {
            throw new TrustException(TrustCode.HASH_UNSUPPORTED, name + " has only hashes of " + hashes.names());
        }
    }

    private static String digest(String algorithm, byte[] bytes) {
        try {
            return Hex.encode(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
