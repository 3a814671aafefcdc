package io.sekimori.generation;

import io.sekimori.trust.DurableFile;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a slot's own Java runtime as root unpacked them from the signed jar: {@code slots/<id>/java.sha256}, in the form that
 * {@code sha256sum} reads and the start script has it check. The jar is gone; what is there now is compared with this.
 *
 * @param digests path from the slot's folder, such as {@code java/bin/java}, to SHA-256, 64 lower-case hex digits
 */
public record RuntimeFiles(SortedMap<String, String> digests) {

    /** The name of the list in the slot's folder. */
    public static final String FILE = "java.sha256";

    private static final String FOLDER = "java";
    private static final int MAX_BYTES = 16 << 20;
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (java/[A-Za-z0-9_$@+.,/-]{1,4000})");

    public RuntimeFiles {
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    }

    /**
     * Reads the list of a slot; empty if there is none.
     *
     * @throws MalformedJson if it is no such list, or longer than 16 MiB
     */
    public static Optional<RuntimeFiles> read(Path slot) throws IOException, MalformedJson {
        Optional<byte[]> bytes = DurableFile.read(slot.resolve(FILE), MAX_BYTES);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        SortedMap<String, String> digests = new TreeMap<>();
        for (String line : new String(bytes.get(), StandardCharsets.US_ASCII).split("\n")) {
            Matcher parts = LINE.matcher(line);
            if (bytes.get().length > MAX_BYTES || !parts.matches()) {
                throw new MalformedJson(FILE + " of slot " + slot.getFileName() + " is malformed");
            }
            digests.put(parts.group(2), parts.group(1));
        }
        return Optional.of(new RuntimeFiles(digests));
    }

    /** The bytes of the list. */
    public byte[] bytes() {
        StringBuilder lines = new StringBuilder();
        digests.forEach(
                (path, sha256) -> lines.append(sha256).append("  ").append(path).append('\n'));
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Hashes every file; what is not as it was unpacked, one of them, or empty if all are, and there is nothing else. */
    public Optional<String> difference(Path slot) throws IOException {
        try (Stream<Path> found = Files.walk(slot.resolve(FOLDER))) {
            for (Path file : found.toList()) {
                String path = slot.relativize(file).toString();
                if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && !digests.containsKey(path)) {
                    return Optional.of(path);
                }
            }
        }
        for (Map.Entry<String, String> each : digests.entrySet()) {
            Path file = slot.resolve(each.getKey());
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || !Sha256.hex(file).equals(each.getValue())) {
                return Optional.of(each.getKey());
            }
        }
        return Optional.empty();
    }

    /** What is not as it was unpacked in a slot that brought a Java runtime; without a list nothing is known of it. */
    public static Optional<String> differenceOf(Path slot) throws IOException {
        try {
            Optional<RuntimeFiles> files = read(slot);
            return files.isPresent() ? files.get().difference(slot) : Optional.of(FILE);
        } catch (MalformedJson e) {
            return Optional.of(FILE);
        }
    }
}
