package io.sekimori.identity.device;

import io.sekimori.durable.FileStamp;
import io.sekimori.generation.Unit;
import io.sekimori.trust.UpdateVerifier;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is over for certain. All that it follows from is verified once, and again when one of those files is another. Thread-safe.
 */
final class SignedFloor {

    // The roots that were followed, and what was signed under the newest.
    private static final String KEPT = "{*.root.json,time.json}";

    private final Unit unit;
    private final Instant built;
    private volatile @Nullable Known last;

    /** What followed from the files with these stamps. */
    private record Known(Map<Path, String> stamps, Instant floor) {}

    /** @param built when this software was built */
    SignedFloor(Unit unit, Instant built) {
        this.unit = unit;
        this.built = built;
    }

    /** The floor; where the roots cannot be read, when this software was built: nothing is accepted then either. */
    Instant instant() {
        Known before = last; // read once: another thread may set it
        try {
            // First the stamps: a file that comes after them is seen by the next look.
            Map<Path, String> stamps = stamps();
            if (before == null || !before.stamps().equals(stamps)) {
                before = new Known(stamps, verified());
                last = before;
            }
            return before.floor();
        } catch (IOException | DirectoryIteratorException e) {
            return built;
        }
    }

    private Instant verified() throws IOException {
        return new UpdateVerifier(
                        unit.metadata(),
                        Files.readAllBytes(unit.releaseAnchor()),
                        Files.readAllBytes(unit.directorAnchor()),
                        built)
                .notBefore();
    }

    private Map<Path, String> stamps() throws IOException {
        Map<Path, String> stamps = new TreeMap<>();
        add(stamps, unit.releaseAnchor());
        add(stamps, unit.directorAnchor());
        for (String repository : new String[] {"release", "director"}) {
            Path folder = unit.metadata().resolve(repository);
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> kept = Files.newDirectoryStream(folder, KEPT)) {
                    for (Path each : kept) {
                        add(stamps, each);
                    }
                }
            }
        }
        return stamps;
    }

    private static void add(Map<Path, String> stamps, Path file) throws IOException {
        try {
            stamps.put(file, FileStamp.of(file));
        } catch (NoSuchFileException e) {
            stamps.put(file, "none");
        }
    }
}
