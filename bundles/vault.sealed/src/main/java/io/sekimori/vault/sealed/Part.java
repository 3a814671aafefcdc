package io.sekimori.vault.sealed;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A file that is being written.
 *
 * @param file open, and not a channel: it would be closed under an interrupted thread
 * @param path its name until it is committed
 */
record Part(RandomAccessFile file, Path path, Disk disk) {

    static Part begin(Path path, Disk disk) throws IOException {
        return new Part(disk.begin(path), path, disk);
    }

    /** Takes it away; what cannot be taken away now, a later start takes. */
    void discard() {
        try {
            file.close();
            disk.delete(path);
        } catch (IOException e) {
            // It is encrypted, named by nothing, and goes with the next start.
            return;
        }
    }
}
