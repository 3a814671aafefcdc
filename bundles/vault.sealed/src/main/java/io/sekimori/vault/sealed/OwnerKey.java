package io.sekimori.vault.sealed;

import io.sekimori.vault.VaultCode;
import io.sekimori.vault.VaultException;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * One bundle's data key on the disk. A rename decides its destruction: from then on nobody can read what it protected,
 * and whoever comes next finishes the rest. Changed only by the holder of the bundle's lock; read by anybody.
 */
final class OwnerKey {

    private static final int MAX_BYTES = 4_096;

    private final String owner;
    private final OwnerFiles files;
    private final Disk disk;
    private final GatewayKey gateway;

    OwnerKey(String owner, OwnerFiles files, Disk disk, GatewayKey gateway) {
        this.owner = owner;
        this.files = files;
        this.disk = disk;
        this.gateway = gateway;
    }

    /** The key, or empty if there is none and never was data. */
    Optional<DataKey> open() throws VaultException {
        Optional<byte[]> wrapped = wrapped();
        if (wrapped.isPresent()) {
            return Optional.of(gateway.dataKey(owner, wrapped.get()));
        }
        if (Files.exists(files.index())) {
            throw new VaultException(VaultCode.VAULT_KEY_DESTROYED, "the key of " + owner + " is gone", null);
        }
        return Optional.empty();
    }

    /** A new key, not on the disk yet. */
    DataKey generate() throws VaultException {
        return gateway.newDataKey(owner);
    }

    /** Keeps a key whose first index is there. */
    void keep(DataKey key) throws IOException {
        disk.replace(files.key(), key.wrapped());
        disk.rename(files.firstIndex(), files.index());
    }

    /** Fails if this is not the key any more, or the gateway's is gone. */
    void requireSame(byte[] wrapped) throws VaultException {
        Optional<byte[]> now = wrapped();
        if (now.isEmpty() || !Arrays.equals(now.get(), wrapped) || !gateway.exists()) {
            throw new VaultException(VaultCode.VAULT_KEY_DESTROYED, "the key was destroyed meanwhile", null);
        }
    }

    /** Destroys the key, at once and for good. */
    void destroy() throws IOException {
        if (Files.exists(files.key())) {
            disk.rename(files.key(), files.doomedKey());
        }
    }

    /** Finishes what a power cut interrupted: a destruction, or the making of a key. */
    void finish() throws IOException {
        if (Files.exists(files.doomedKey())) {
            disk.overwrite(files.doomedKey());
            clear();
            disk.delete(files.doomedKey());
            disk.sync(files.folder());
        }
        if (Files.exists(files.firstIndex()) && Files.exists(files.key()) && !Files.exists(files.index())) {
            disk.rename(files.firstIndex(), files.index());
        }
    }

    /** Takes away everything but the key. */
    void clear() throws IOException {
        disk.delete(files.index());
        disk.delete(files.firstIndex());
        for (Path content : files.contents()) {
            disk.delete(content);
        }
        disk.sync(files.folder());
    }

    private Optional<byte[]> wrapped() throws VaultException {
        // Not a channel: it would be closed under an interrupted thread.
        try (FileInputStream in = new FileInputStream(files.key().toFile())) {
            return Optional.of(in.readNBytes(MAX_BYTES));
        } catch (FileNotFoundException e) {
            if (Files.exists(files.key())) {
                throw unreadable(e);
            }
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    static VaultException unreadable(IOException e) {
        return new VaultException(VaultCode.VAULT_UNREADABLE, String.valueOf(e.getMessage()), e);
    }
}
