package io.sekimori.generation;

import io.sekimori.trust.Assigned;
import io.sekimori.trust.Assignment;
import io.sekimori.trust.Kind;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was signed of a slot: the files of its {@code lib} folder, the class path of launcher and framework, and the Java
 * runtime if it brings one.
 *
 * @param digests file name to SHA-256, sorted by name, at least one
 * @param java SHA-256 of the jar that the slot's own Java runtime was unpacked from; empty if it starts with an installed one
 */
public record SlotFiles(SortedMap<String, String> digests, Optional<String> java) {

    private static final long UNPACKED = 4;
    private static final String LIB = "lib";

    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,299}\\.jar");

    /** @throws IllegalArgumentException if there is no file, or a name or digest is malformed */
    public SlotFiles {
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
        if (digests.isEmpty()) {
            throw new IllegalArgumentException("a slot has at least one file");
        }
        java.ifPresent(Store::requireDigest);
        digests.forEach((name, digest) -> {
            Store.requireDigest(digest);
            if (!FILE_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("not the name of a file of a slot");
            }
        });
    }

    /** Of any map, without a Java runtime of its own. */
    public static SlotFiles of(Map<String, String> digests) {
        return new SlotFiles(new TreeMap<>(digests), Optional.empty());
    }

    /** What an assignment orders: its items of kind slot, each under the last part of its path, and the one of kind Java. */
    public static SlotFiles of(Assignment assignment) {
        SortedMap<String, String> digests = new TreeMap<>();
        for (Assigned item : assignment.items(Kind.SLOT)) {
            digests.put(fileName(item), item.sha256());
        }
        return new SlotFiles(
                digests,
                assignment.items(Kind.JAVA).stream().map(Assigned::sha256).findFirst());
    }

    /**
     * What a file takes on the disk while a slot is made of it: a copy in the slot; a Java runtime is there as a jar, too, and
     * unpacked.
     */
    public static long bytesToBring(Kind kind, long length) {
        return switch (kind) {
            case BUNDLE -> 0;
            case SLOT -> length;
            case JAVA -> UNPACKED * length;
        };
    }

    /** The name that an item has in the {@code lib} folder: the last part of its path. */
    public static String fileName(Assigned item) {
        return item.path().substring(item.path().lastIndexOf('/') + 1);
    }

    /**
     * Hashes every file of a slot's folder; what there is not as it was signed, one of them, or empty if all is, and there is no
     * other jar. What cannot be read is not as it was signed.
     */
    public Optional<String> difference(Path slot) {
        try {
            if (!Slot.read(slot).files().equals(this)) {
                return Optional.of("slot.json");
            }
            try (Stream<Path> lib = Files.list(slot.resolve(LIB))) {
                if (!lib.map(file -> file.getFileName().toString())
                        .collect(Collectors.toSet())
                        .equals(digests.keySet())) {
                    return Optional.of(LIB);
                }
            }
            for (Map.Entry<String, String> jar : digests.entrySet()) {
                Path file = slot.resolve(LIB).resolve(jar.getKey());
                if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        || !Sha256.hex(file).equals(jar.getValue())) {
                    return Optional.of(LIB + "/" + jar.getKey());
                }
            }
            return java.isPresent() ? RuntimeFiles.differenceOf(slot) : Optional.empty();
        } catch (IOException | UncheckedIOException | MalformedJson e) {
            return Optional.of(e.toString());
        }
    }

    /** The id of a slot with these files: SHA-256 over the sorted lines {@code name sha256}, each ended by a line feed, the Java runtime last under {@code java}. */
    public String id() {
        StringBuilder lines = new StringBuilder();
        digests.forEach(
                (name, digest) -> lines.append(name).append(' ').append(digest).append('\n'));
        java.ifPresent(digest -> lines.append("java ").append(digest).append('\n'));
        return Sha256.hex(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
