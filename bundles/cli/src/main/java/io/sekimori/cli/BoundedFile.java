package io.sekimori.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that people name, which may be anything: no more of them is read than what they ought to be can have. */
public final class BoundedFile {

    private BoundedFile() {}

    /**
     * The file, or its beginning.
     *
     * @param mostBytes as many as it may have; of one that has more there is one byte more, so that who parses it refuses it
     */
    public static byte[] read(Path file, int mostBytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(mostBytes + 1);
        }
    }
}
