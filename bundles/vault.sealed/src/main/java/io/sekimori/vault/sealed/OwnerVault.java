package io.sekimori.vault.sealed;

import io.sekimori.vault.VaultCode;
import io.sekimori.vault.VaultEntry;
import io.sekimori.vault.VaultException;
import io.sekimori.vault.VaultOutput;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What one bundle has in the vault. Thread-safe, also against another version of this class in the same process. */
final class OwnerVault {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final int ID_BYTES = 16;

    private final String owner;
    private final Store store;
    private final OwnerFiles files;
    private final OwnerLock lock;
    private final OwnerState state;
    private final OpenStreams streams = new OpenStreams();

    OwnerVault(String owner, Store store) {
        this.owner = owner;
        this.store = store;
        this.files = store.files(owner);
        this.lock = new OwnerLock(files, store.patience());
        this.state = new OwnerState(owner, store);
    }

    long put(String name, byte[] value) throws VaultException {
        requireName(name);
        if (value.length > store.settings().valueBytes()) {
            throw tooLarge(value.length);
        }
        return lock.holding(() -> {
            try (DataKey opened = state.openOrMake()) {
                Index before = state.read(opened);
                state.requireRoom(before, name, value.length);
                Index.Entry entry = new Index.Entry(before.sequence() + 1, newId(), value.length);
                byte[] sealed = store.sealing().seal(opened.plain(), content(name, entry), value);
                store.disk().replace(files.content(entry.id()), sealed);
                state.become(opened, before.with(name, entry));
                return entry.version();
            }
        });
    }

    Optional<byte[]> get(String name) throws VaultException {
        return existing(name, (opened, index, entry) -> {
            if (entry.sizeBytes() > store.settings().valueBytes()) {
                throw tooLarge(entry.sizeBytes());
            }
            try (InputStream in = open(entry)) {
                int most = Sealing.sealedBytes(Math.toIntExact(entry.sizeBytes()));
                return store.sealing().open(opened.plain(), content(name, entry), in.readNBytes(most + 1));
            } catch (IOException e) {
                throw OwnerKey.unreadable(e);
            }
        });
    }

    Optional<InputStream> read(String name) throws VaultException {
        return existing(name, (opened, index, entry) -> {
            byte[] wrapped = opened.wrapped();
            return SealedInput.open(
                    open(entry),
                    header -> Chunks.toOpen(opened.plain(), header, content(name, entry)),
                    entry.sizeBytes(),
                    streams,
                    () -> state.key().requireSame(wrapped));
        });
    }

    VaultOutput write(String name) throws VaultException {
        requireName(name);
        return lock.holding(() -> {
            if (streams.outputs() >= Settings.OPEN_OUTPUTS) {
                throw OwnerState.full(streams.outputs() + " files are being written");
            }
            try (DataKey opened = state.openOrMake()) {
                Index before = state.read(opened);
                state.requireRoom(before, name, 0);
                // So that no number is given twice, and of two writers the later one is known.
                long number = state.takeNumber(opened, before).sequence();
                return begin(name, new Index.Entry(number, newId(), 0), opened);
            }
        });
    }

    boolean remove(String name) throws VaultException {
        return existing(name, (opened, index, entry) -> {
                    state.become(opened, index.without(name));
                    return true;
                })
                .orElse(false);
    }

    List<VaultEntry> entries() throws VaultException {
        return inside(opened -> state.read(opened).entries().entrySet().stream()
                        .map(each -> new VaultEntry(
                                each.getKey(),
                                each.getValue().version(),
                                each.getValue().sizeBytes()))
                        .toList())
                .orElse(List.of());
    }

    /** Destroys the key, and then all it protected; open files fail. What is gone already is no failure. */
    void destroy() throws VaultException {
        try {
            lock.holding(() -> {
                state.key().destroy();
                revoke();
                state.key().finish();
                state.key().clear();
                return owner;
            });
        } finally {
            // Also if the disk failed: better to have lost an open file than to go on with a key that is to go.
            revoke();
        }
    }

    /** Ends what is open because the key is gone. */
    void revoke() {
        streams.close();
    }

    private VaultOutput begin(String name, Index.Entry entry, DataKey opened) throws IOException, VaultException {
        byte[] wrapped = opened.wrapped();
        byte[] salt = store.sealing().salt();
        Part part = Part.begin(files.part(store.process(), entry.id()), store.disk());
        return SealedOutput.begin(
                part,
                Chunks.header(salt),
                Chunks.toSeal(opened.plain(), salt, content(name, entry)),
                streams,
                store.settings().fileBytes(),
                () -> state.key().requireSame(wrapped),
                size -> commit(name, new Index.Entry(entry.version(), entry.id(), size), wrapped, part));
    }

    private long commit(String name, Index.Entry entry, byte[] wrapped, Part part) throws VaultException {
        return lock.holding(() -> {
            state.key().requireSame(wrapped);
            try (DataKey opened = state.openOrMake()) {
                Index before = state.read(opened);
                if (before.entry(name).map(Index.Entry::version).orElse(0L) > entry.version()) {
                    throw new VaultException(VaultCode.VAULT_OVERTAKEN, "a later write was quicker", null);
                }
                state.requireRoom(before, name, entry.sizeBytes());
                store.disk().rename(part.path(), files.content(entry.id()));
                state.become(opened, before.with(name, entry));
                return entry.version();
            }
        });
    }

    private interface Inside<T> {
        T with(DataKey opened) throws IOException, VaultException;
    }

    private interface Found<T> {
        T with(DataKey opened, Index index, Index.Entry entry) throws IOException, VaultException;
    }

    private <T> Optional<T> existing(String name, Found<T> work) throws VaultException {
        requireName(name);
        Optional<Optional<T>> answer = inside(opened -> {
            Index index = state.read(opened);
            Optional<Index.Entry> entry = index.entry(name);
            return entry.isEmpty() ? Optional.empty() : Optional.of(work.with(opened, index, entry.get()));
        });
        return answer.flatMap(same -> same);
    }

    /** Works with the key, or answers empty if there are no data. */
    private <T> Optional<T> inside(Inside<T> work) throws VaultException {
        if (!Files.exists(files.folder())) {
            return Optional.empty();
        }
        return lock.holding(() -> {
            Optional<DataKey> found = state.open();
            if (found.isEmpty()) {
                return Optional.empty();
            }
            try (DataKey opened = found.get()) {
                return Optional.of(work.with(opened));
            }
        });
    }

    private FileInputStream open(Index.Entry entry) throws VaultException {
        try {
            return new FileInputStream(files.content(entry.id()).toFile());
        } catch (FileNotFoundException e) {
            throw Chunks.damaged("a content is gone");
        }
    }

    private Content content(String name, Index.Entry entry) {
        return new Content(owner, name, entry.version(), entry.id());
    }

    private String newId() {
        return HexFormat.of().formatHex(store.sealing().salt(), 0, ID_BYTES);
    }

    private static void requireName(String name) throws VaultException {
        if (!NAME.matcher(name).matches()) {
            throw new VaultException(VaultCode.VAULT_NAME_MALFORMED, "not a name in the vault", null);
        }
    }

    private static VaultException tooLarge(long bytes) {
        return new VaultException(VaultCode.VAULT_TOO_LARGE, bytes + " bytes", null);
    }
}
