package io.sekimori.itests.support;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A pack that somebody without the keys has changed on its way. */
public final class ForgedPack {

    private ForgedPack() {}

    /** Without the files, metadata alone. */
    public static Path withoutFiles(Path pack, Path forged) throws IOException {
        return copy(pack, forged, (name, bytes) -> name.startsWith("targets/") ? Optional.empty() : Optional.of(bytes));
    }

    /** With one bit flipped in the middle of every file. */
    public static Path withFlippedBits(Path pack, Path forged) throws IOException {
        return copy(pack, forged, (name, bytes) -> {
            if (name.startsWith("targets/")) {
                bytes[bytes.length / 2] ^= 1;
            }
            return Optional.of(bytes);
        });
    }

    /** With the metadata of that name changed in one word. */
    public static Path withOtherWord(Path pack, Path forged, String metadata, String word, String other)
            throws IOException {
        return copy(
                pack,
                forged,
                (name, bytes) -> Optional.of(
                        name.equals(metadata)
                                ? new String(bytes, StandardCharsets.UTF_8)
                                        .replace(word, other)
                                        .getBytes(StandardCharsets.UTF_8)
                                : bytes));
    }

    private static Path copy(Path pack, Path forged, BiFunction<String, byte[], Optional<byte[]>> change)
            throws IOException {
        try (ZipFile zip = new ZipFile(pack.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(forged))) {
            List<? extends ZipEntry> entries = Collections.list(zip.entries());
            for (ZipEntry entry : entries) {
                try (InputStream in = zip.getInputStream(entry)) {
                    Optional<byte[]> bytes = change.apply(entry.getName(), in.readAllBytes());
                    if (bytes.isPresent()) {
                        put(out, entry.getName(), bytes.get());
                    }
                }
            }
        }
        return forged;
    }

    private static void put(ZipOutputStream out, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }
}
