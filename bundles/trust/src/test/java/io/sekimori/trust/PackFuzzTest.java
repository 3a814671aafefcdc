package io.sekimori.trust;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Whatever is handed over as a pack is opened or refused, and what is read from it is bounded. */
class PackFuzzTest {

    private static final int MAX_BYTES = 1_000;
    private static final Release RELEASE = new Release(
            "a/1.0.0/a-1.0.0.jar", "a", "1.0.0", 1, 0, 0, Swap.REPLACE, Kind.BUNDLE, 10, "0".repeat(64), List.of());

    @FuzzTest(maxDuration = "60s")
    void aPackIsReadOrRefused(byte[] input) throws IOException {
        Path file = Files.createTempFile("fuzz", ".pack");
        try {
            Files.write(file, input);
            read(file);
        } finally {
            Files.delete(file);
        }
    }

    private static void read(Path file) throws IOException {
        try (Pack pack = Pack.open(file)) {
            for (String name : List.of("1.root.json", "timestamp.json", "targets.json")) {
                bounded(pack.releases(), name);
                bounded(pack.director(), name);
            }
            try (InputStream in = pack.targets().open(RELEASE)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        } catch (TrustException | NoSuchFileException e) {
            e.getMessage();
        }
    }

    private static void bounded(MetadataSource source, String name) throws IOException {
        if (source.fetch(name, MAX_BYTES)
                .filter(bytes -> bytes.length > MAX_BYTES + 1)
                .isPresent()) {
            throw new AssertionError("more than was asked for");
        }
    }
}
