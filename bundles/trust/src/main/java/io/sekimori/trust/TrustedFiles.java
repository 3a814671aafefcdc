package io.sekimori.trust;

import java.io.IOException;
import java.util.Optional;

/** Where a TUF client keeps the metadata it trusts, as the bytes it received (4.1). */
interface TrustedFiles {

    /** At most {@code maxBytes + 1} bytes of the file; empty if there is none. */
    Optional<byte[]> load(String name, int maxBytes) throws IOException;

    /** Keeps the bytes; when it returns they outlive a power cut. */
    void save(String name, byte[] bytes) throws IOException;

    /** Forgets the file, if there is one. */
    void delete(String name) throws IOException;
}
