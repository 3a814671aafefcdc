package io.sekimori.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client of a release repository over a directory of its own, for examining repositories: the same rules as
 * {@link UpdateVerifier}, without a director, for targets of any kind. The directory holds {@code root.json},
 * {@code timestamp.json}, {@code snapshot.json}, {@code targets.json} and {@code delegated.<role>.json} as received.
 *
 * <p>One client at a time works on a directory, whichever process it is in. Confined to one thread; close it.
 */
public final class TufClient implements AutoCloseable {

    private final TufDirectory trusted;
    private final UpdaterLock lock;
    private final ReleaseClient client;
    private @Nullable TargetSearch search;

    private TufClient(TufDirectory trusted, UpdaterLock lock, ReleaseClient client) {
        this.trusted = trusted;
        this.lock = lock;
        this.client = client;
    }

    /**
     * Makes {@code root} the trusted root of a directory, in place of one that is there. Asks no repository.
     *
     * @throws TrustException {@link TrustCode#ANCHOR_BROKEN} if its own keys did not sign it, {@link TrustCode#UPDATER_BUSY}
     */
    public static void init(Path directory, byte[] root) throws IOException {
        UpdaterLock.during(directory, () -> {
            RootChain.load(Repository.RELEASE, root, new TufDirectory(directory), TrustCode.ANCHOR_BROKEN);
            DurableFile.write(directory.resolve("root.json"), root);
            return directory;
        });
    }

    /**
     * Opens a directory.
     *
     * @param now the start of the update, the one time that every expiry is compared with (5.1), unless the trusted
     *            timestamp was written later: a clock that stands before that was set back
     * @throws TrustException {@link TrustCode#UPDATER_BUSY} if another client works on it
     */
    public static TufClient open(Path directory, MetadataSource source, Instant now) throws IOException {
        Files.createDirectories(directory);
        UpdaterLock lock = UpdaterLock.acquire(directory);
        TufDirectory trusted = new TufDirectory(directory);
        Instant last = trusted.lastTrusted();
        Instant start = now.isBefore(last) ? last : now;
        return new TufClient(trusted, lock, new ReleaseClient(trusted, source, UpdateTime.of(start), Carrier.NETWORK));
    }

    /**
     * Updates root, timestamp, snapshot and targets (5.3 to 5.6).
     *
     * @throws TrustException with the {@link TrustCode} of the rule that is broken; what was trusted before stays
     */
    public void refresh() throws IOException {
        Optional<byte[]> root = trusted.root();
        if (root.isEmpty()) {
            throw new TrustException(TrustCode.ANCHOR_BROKEN, trusted.directory() + " has no root.json");
        }
        search = client.refresh(root.get());
    }

    /**
     * What the repository says of a target, fetching delegated roles as needed (5.6.7); refreshes before the first.
     *
     * @throws TrustException {@link TrustCode#TARGET_UNKNOWN} if no role lists it
     */
    public TargetFile target(String path) throws IOException {
        TargetSearch known = search;
        if (known == null) {
            refresh();
            return target(path);
        }
        TargetSearch.Found found = known.first(path)
                .orElseThrow(() -> new TrustException(TrustCode.TARGET_UNKNOWN, "no role lists " + path));
        return TargetFile.of(path, found, client.consistentSnapshot());
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
