package io.sekimori.vault.sealed;

import io.sekimori.vault.VaultCode;
import io.sekimori.vault.VaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Key and index of one bundle. A content is written before the index that names it, and taken away after the index that
 * does not; what a power cut leaves over is taken away later. Confined to the holder of the bundle's lock.
 */
final class OwnerState {

    private final String owner;
    private final Store store;
    private final OwnerFiles files;
    private final OwnerKey key;
    private final OwnerIndex index;
    private boolean tidy;

    OwnerState(String owner, Store store) {
        this.owner = owner;
        this.store = store;
        this.files = store.files(owner);
        this.key = new OwnerKey(owner, files, store.disk(), store.gateway());
        this.index = new OwnerIndex(owner, files, store.disk(), store.sealing());
    }

    OwnerKey key() {
        return key;
    }

    /** The key, made if there is none. */
    DataKey openOrMake() throws IOException, VaultException {
        key.finish();
        if (Files.exists(files.key())) {
            return key.open().orElseThrow(() -> Chunks.damaged("the key is gone"));
        }
        return store.audit().audited(owner, "vault.key-create", owner, "there was none", this::make);
    }

    /** The key, or empty if there are no data. */
    Optional<DataKey> open() throws IOException, VaultException {
        key.finish();
        return key.open();
    }

    Index read(DataKey opened) throws VaultException {
        Index now = index.read(opened);
        if (!tidy) {
            tidy = takeAway(now);
        }
        return now;
    }

    /** Makes {@code after} the index, and takes away what it names no more. */
    void become(DataKey opened, Index after) throws IOException, VaultException {
        tidy = false;
        index.write(opened, after);
        tidy = takeAway(after);
    }

    /** Counts one on without changing an entry. */
    Index takeNumber(DataKey opened, Index before) throws IOException, VaultException {
        Index taken = before.next();
        index.write(opened, taken);
        return taken;
    }

    void requireRoom(Index before, String name, long sizeBytes) throws VaultException {
        Settings limits = store.settings();
        long old = before.entry(name).map(Index.Entry::sizeBytes).orElse(0L);
        if (before.bytes() - old + sizeBytes > limits.ownerBytes()) {
            throw full(before.bytes() + " bytes are there");
        }
        if (before.entry(name).isEmpty() && before.entries().size() >= limits.entries()) {
            throw full(before.entries().size() + " entries are there");
        }
    }

    static VaultException full(String found) {
        return new VaultException(VaultCode.VAULT_FULL, found, null);
    }

    private DataKey make() throws VaultException {
        DataKey made = key.generate();
        try {
            key.clear();
            index.writeFirst(made);
            key.keep(made);
            return made;
        } catch (IOException e) {
            made.close();
            throw OwnerLock.unwritable(e);
        }
    }

    // What is named is durable already; what is not taken away now is taken away by a later operation.
    private boolean takeAway(Index now) {
        Set<String> named = now.all().stream().map(Index.Entry::id).collect(Collectors.toSet());
        try {
            for (Path file : files.leftOver(named, store.process())) {
                store.disk().delete(file);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
