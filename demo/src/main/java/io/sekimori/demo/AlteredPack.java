package io.sekimori.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A copy of a pack in which one byte of one file is another. */
final class AlteredPack {

    private AlteredPack() {}

    /** Where the byte is. */
    enum Change {
        /** A digit inside of what is signed. */
        SIGNED_PART,
        /** In the middle. */
        MIDDLE
    }

    /** Writes the copy beside {@code pack}; of several files that begin so the first is altered. */
    static Path write(Path pack, String beginning, Change change) throws IOException, Broken {
        Path altered = pack.resolveSibling("altered-" + pack.getFileName());
        boolean done = false;
        try (ZipFile from = new ZipFile(pack.toFile());
                OutputStream file = Files.newOutputStream(altered);
                ZipOutputStream to = new ZipOutputStream(file)) {
            for (ZipEntry entry : Collections.list(from.entries())) {
                byte[] bytes;
                try (InputStream in = from.getInputStream(entry)) {
                    bytes = in.readAllBytes();
                }
                if (!done && entry.getName().startsWith(beginning)) {
                    alter(bytes, change);
                    done = true;
                }
                to.putNextEntry(copy(entry, bytes));
                to.write(bytes);
            }
        }
        if (!done) {
            throw new Broken("the pack has no " + beginning);
        }
        return altered;
    }

    /** An entry as the pack has it; its checksum fits the altered bytes, since whoever alters a pack can do that much. */
    private static ZipEntry copy(ZipEntry entry, byte[] bytes) {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setMethod(entry.getMethod());
        if (entry.getMethod() == ZipEntry.STORED) {
            CRC32 checksum = new CRC32();
            checksum.update(bytes);
            copy.setCrc(checksum.getValue());
            copy.setSize(bytes.length);
        }
        return copy;
    }

    private static void alter(byte[] bytes, Change change) throws Broken {
        if (change == Change.MIDDLE) {
            bytes[bytes.length / 2] ^= 1;
            return;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        int counter = text.indexOf("\"counter\"");
        int digit = counter;
        while (digit >= 0 && digit < bytes.length && !Character.isDigit(bytes[digit])) {
            digit++;
        }
        if (digit < 0 || digit >= bytes.length) {
            throw new Broken("no counter is signed there");
        }
        bytes[digit] = (byte) (bytes[digit] == '9' ? '8' : bytes[digit] + 1);
    }
}
