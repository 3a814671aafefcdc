package io.sekimori.generation;

import io.sekimori.trust.DurableFile;
import io.sekimori.trust.Refusal;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The content-addressed files of a unit: {@code store/sha256/<hex>}. A file gets its name only when its bytes are
 * complete, have that digest and are on the disk, and is never changed in place afterwards.
 *
 * <p>Thread-safe: two writers of one file both leave it right.
 *
 * @param directory the folder of the files; made by the first {@link #put}
 */
public record Store(Path directory) {

    /** The path a file of this digest has, whether or not it is there. */
    public Path path(String sha256) {
        return directory.resolve(requireDigest(sha256));
    }

    static String requireDigest(String sha256) {
        if (!Sha256.isHex(sha256)) {
            throw new IllegalArgumentException("not 64 lower-case hex digits");
        }
        return sha256;
    }

    /** What became of bytes offered to the store. */
    public sealed interface Put {

        /** The file is there with these bytes; {@code written} is false if it was there before. */
        record Stored(Path file, boolean written) implements Put {}

        /** The bytes are not what they should be; nothing of them is left. */
        record Refused(Refusal refusal) implements Put {}
    }

    /**
     * Stores the bytes of the stream under their digest, hashing while they stream. At most {@code length} bytes and
     * one more are read. A file that is already there is hashed again and replaced if it is no longer right.
     *
     * @throws IOException if reading or writing fails; nothing is left but perhaps a temporary file that
     *     {@link #sweep} removes
     */
    public Put put(InputStream in, String sha256, long length) throws IOException {
        Path file = path(sha256);
        if (check(sha256, length) instanceof Check.Right) {
            return new Put.Stored(file, false);
        }
        Files.createDirectories(directory);
        Path temporary = Files.createTempFile(directory, ".put-", "");
        try {
            HashingCopy.Copied copied = HashingCopy.copy(in, temporary, length);
            if (copied.length() != length) {
                return refused(GenerationCode.STORE_LENGTH_DIFFERS, "expected " + length + " bytes");
            }
            if (!copied.sha256().equals(sha256)) {
                return refused(GenerationCode.STORE_HASH_DIFFERS, "expected " + sha256);
            }
            DurableFile.moveInto(temporary, file);
            return new Put.Stored(file, true);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Takes a file of the same file system that is complete and on the disk, without copying it: afterwards both names are
     * one file, which the caller must not write to any more. It is hashed first.
     */
    public Put adopt(Path complete, String sha256, long length) throws IOException {
        Path file = path(sha256);
        if (check(sha256, length) instanceof Check.Right) {
            return new Put.Stored(file, false);
        }
        if (Files.size(complete) != length) {
            return refused(GenerationCode.STORE_LENGTH_DIFFERS, "expected " + length + " bytes");
        }
        if (!Sha256.hex(complete).equals(sha256)) {
            return refused(GenerationCode.STORE_HASH_DIFFERS, "expected " + sha256);
        }
        Files.createDirectories(directory);
        Path temporary = directory.resolve(".adopt-" + sha256);
        Files.deleteIfExists(temporary);
        Files.createLink(temporary, complete);
        DurableFile.moveInto(temporary, file);
        return new Put.Stored(file, true);
    }

    /** What a file of the store is found to be. */
    public sealed interface Check {

        /** It is there, has the length, and the digest that its name says. */
        record Right() implements Check {}

        /** It is not there. */
        record Missing() implements Check {}

        /** It is there with other bytes. */
        record Different() implements Check {}
    }

    /** Hashes a file. */
    public Check check(String sha256, long length) throws IOException {
        Path file = path(sha256);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new Check.Missing();
        }
        if (Files.size(file) != length) {
            return new Check.Different();
        }
        return Sha256.hex(file).equals(sha256) ? new Check.Right() : new Check.Different();
    }

    /** The digests of all files that are there, sorted. */
    public Set<String> digests() throws IOException {
        Set<String> names = new TreeSet<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                files.map(file -> file.getFileName().toString())
                        .filter(Sha256::isHex)
                        .forEach(names::add);
            }
        }
        return names;
    }

    /** Removes files whose digest is not in {@code keep}, and what interrupted writers left. */
    public void sweep(Set<String> keep) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (!keep.contains(file.getFileName().toString())) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static Put refused(GenerationCode code, String detail) {
        return new Put.Refused(new Refusal(code, detail));
    }
}
