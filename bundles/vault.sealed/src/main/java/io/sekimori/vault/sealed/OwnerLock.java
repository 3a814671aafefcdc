package io.sekimori.vault.sealed;

import io.sekimori.durable.DurableFile;
import io.sekimori.durable.VersionLock;
import io.sekimori.vault.VaultCode;
import io.sekimori.vault.VaultException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one operation at a time work on a bundle's data, also against another version of this class (ADR 0007). Thread-safe. */
final class OwnerLock {

    private final OwnerFiles files;
    private final Duration patience;
    private final ReentrantLock gate = new ReentrantLock(true);

    OwnerLock(OwnerFiles files, Duration patience) {
        this.files = files;
        this.patience = patience;
    }

    /** What is done meanwhile. */
    interface Work<T> {
        T run() throws IOException, VaultException;
    }

    <T> T holding(Work<T> work) throws VaultException {
        gate.lock();
        try {
            DurableFile.makeDirectory(files.folder());
            VersionLock lock = VersionLock.take(files.lock(), patience)
                    .orElseThrow(() -> new VaultException(
                            VaultCode.VAULT_LOCKED,
                            "another holds " + files.folder().getFileName(),
                            null));
            try {
                return work.run();
            } finally {
                lock.release();
            }
        } catch (IOException e) {
            throw unwritable(e);
        } finally {
            gate.unlock();
        }
    }

    static VaultException unwritable(IOException e) {
        return new VaultException(VaultCode.VAULT_UNWRITABLE, String.valueOf(e.getMessage()), e);
    }
}
