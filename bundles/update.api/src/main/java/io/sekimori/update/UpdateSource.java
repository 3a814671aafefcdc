package io.sekimori.update;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Where an update comes from when it is no pack: a server, a cache in the neighbourhood. Nothing it hands over is
 * trusted; the engine verifies everything as it does a pack's content.
 *
 * <p>Called from one thread at a time. Every call answers or fails within a bounded time of its own.
 */
@ConsumerType
public interface UpdateSource {

    /** What it is, for the audit and the log: 1 to 200 characters, no secrets. */
    String name();

    /**
     * A metadata file of the release repository.
     *
     * @param file such as {@code 2.root.json}, {@code timestamp.json} or {@code 5.snapshot.json}
     * @param maxBytes the most to read
     * @return at most {@code maxBytes + 1} bytes, so that the caller sees that there were more; empty if there is no
     *     such file
     * @throws IOException if that could not be found out
     */
    Optional<byte[]> releaseMetadata(String file, int maxBytes) throws IOException;

    /** A metadata file of the director, {@code targets.json} being this unit's assignment; else as above. */
    Optional<byte[]> directorMetadata(String file, int maxBytes) throws IOException;

    /**
     * Opens a file.
     *
     * @param sha256 its name: 64 lower-case hex digits
     * @param offset the first byte that is wanted, 0 or greater
     * @throws NoSuchFileException if the source does not have it; it is not asked again
     * @throws IOException if it cannot be had now; the caller may try again later
     */
    SourceFile open(String sha256, long offset) throws IOException;
}
