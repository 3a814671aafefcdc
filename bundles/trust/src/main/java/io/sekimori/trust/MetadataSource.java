package io.sekimori.trust;

import java.io.IOException;
import java.util.Optional;

/** Where metadata comes from: a pack, a directory, later a server. What it hands over is not trusted. */
@FunctionalInterface
public interface MetadataSource {

    /**
     * The file of that name.
     *
     * @param name     such as {@code 2.root.json}, {@code timestamp.json} or {@code 5.snapshot.json}
     * @param maxBytes the most to read
     * @return the bytes, at most {@code maxBytes + 1} of them so that the caller sees that there were more; empty if
     *     there is no such file
     * @throws IOException if that could not be found out
     */
    Optional<byte[]> fetch(String name, int maxBytes) throws IOException;
}
