package io.sekimori.vault.sealed;

import io.sekimori.vault.VaultCode;
import io.sekimori.vault.VaultException;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;

/**
 * One bundle's index on the disk, and the memory of the latest that was seen: an older one put back is refused as long
 * as this process lives. Confined to the holder of the bundle's lock.
 */
final class OwnerIndex {

    private final String owner;
    private final OwnerFiles files;
    private final Disk disk;
    private final Sealing sealing;
    private byte[] seenKey = {};
    private long seen;

    OwnerIndex(String owner, OwnerFiles files, Disk disk, Sealing sealing) {
        this.owner = owner;
        this.files = files;
        this.disk = disk;
        this.sealing = sealing;
    }

    Index read(DataKey key) throws VaultException {
        Index index = Index.parse(sealing.open(key.plain(), Content.index(owner), sealed()));
        if (Arrays.equals(seenKey, key.wrapped()) && index.sequence() < seen) {
            throw new VaultException(
                    VaultCode.VAULT_ROLLED_BACK, "number " + index.sequence() + " after " + seen, null);
        }
        saw(key, index);
        return index;
    }

    void write(DataKey key, Index index) throws IOException, VaultException {
        disk.replace(files.index(), sealing.seal(key.plain(), Content.index(owner), index.encoded()));
        saw(key, index);
    }

    /** The first index, before its key. */
    void writeFirst(DataKey key) throws IOException, VaultException {
        disk.replace(files.firstIndex(), sealing.seal(key.plain(), Content.index(owner), Index.EMPTY.encoded()));
    }

    private void saw(DataKey key, Index index) {
        seenKey = key.wrapped();
        seen = index.sequence();
    }

    private byte[] sealed() throws VaultException {
        if (!Files.exists(files.index())) {
            throw Chunks.damaged("the index is gone");
        }
        // Not a channel: it would be closed under an interrupted thread.
        try (FileInputStream in = new FileInputStream(files.index().toFile())) {
            return in.readNBytes(Index.MAX_BYTES);
        } catch (IOException e) {
            throw OwnerKey.unreadable(e);
        }
    }
}
