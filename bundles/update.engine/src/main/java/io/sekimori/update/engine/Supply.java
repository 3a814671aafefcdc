package io.sekimori.update.engine;

import io.sekimori.update.UpdateCode;
import io.sekimori.update.UpdateSource;
import java.io.IOException;

/**
 * A source that was opened, and what its failures are called.
 *
 * @param local whether what it brings need not be kept for another try
 * @param missing it does not have a file
 * @param broken a file could not be read
 */
record Supply(UpdateSource source, boolean local, UpdateCode missing, UpdateCode broken) implements AutoCloseable {

    static Supply pack(PackSource pack) {
        return new Supply(pack, true, UpdateCode.PACK_FILE_MISSING, UpdateCode.PACK_UNREADABLE);
    }

    static Supply remote(UpdateSource source) {
        return new Supply(source, false, UpdateCode.SOURCE_FILE_MISSING, UpdateCode.DOWNLOAD_FAILED);
    }

    @Override
    public void close() throws Stopped {
        if (source instanceof PackSource pack) {
            try {
                pack.close();
            } catch (IOException e) {
                throw new Stopped(UpdateCode.PACK_UNREADABLE, "the pack cannot be closed", e);
            }
        }
    }
}
