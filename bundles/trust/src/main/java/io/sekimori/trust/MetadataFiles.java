package io.sekimori.trust;

import java.io.IOException;

/** The metadata of one repository on the side that publishes it. One writer at a time. */
public interface MetadataFiles extends MetadataSource {

    /** Keeps the file under that name, replacing the one before; whole and lasting as the place promises. */
    void save(String name, byte[] bytes) throws IOException;
}
