package io.sekimori.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** What a unit has verified and kept, and the first roots that it came with. The state is on the disk alone. */
final class TrustedMetadata {

    private final TrustedFiles releases;
    private final TrustedFiles director;
    private final byte[] releaseAnchor;
    private final byte[] directorAnchor;

    /** @param directory the unit's {@code state/metadata} */
    TrustedMetadata(Path directory, byte[] releaseAnchor, byte[] directorAnchor) {
        this.releases = new TrustedDirectory(directory.resolve("release"));
        this.director = new TrustedDirectory(directory.resolve("director"));
        this.releaseAnchor = releaseAnchor.clone();
        this.directorAnchor = directorAnchor.clone();
    }

    TrustedFiles releases() {
        return releases;
    }

    TrustedFiles director() {
        return director;
    }

    byte[] releaseAnchor() {
        return releaseAnchor;
    }

    byte[] directorAnchor() {
        return directorAnchor;
    }

    /** The newest root of the releases that was followed to. */
    RootMetadata releaseRoot() throws IOException {
        return current(Repository.RELEASE, releaseAnchor, releases);
    }

    /** The highest versions that were accepted; 0 for what there is none of. */
    UnitReport.Trusted versions() throws IOException {
        return new UnitReport.Trusted(
                root(Repository.RELEASE, releaseAnchor, releases),
                version(releases, TimestampMetadata.FILE, Document.TIMESTAMP),
                version(releases, SnapshotMetadata.FILE, Document.SNAPSHOT),
                version(releases, TargetsMetadata.FILE, Document.TARGETS),
                root(Repository.DIRECTOR, directorAnchor, director),
                version(director, TargetsMetadata.FILE, Document.ASSIGNMENT));
    }

    /** What is over for certain: {@code built}, and when offline keys signed the newest of what is here. */
    Instant notBefore(Instant built) throws IOException {
        UpdateTime time = new UpdateTime(built, built);
        RootMetadata root = releaseRoot();
        time.signed(root.header());
        time.signed(current(Repository.DIRECTOR, directorAnchor, director).header());
        IssuedFloor.load(releases, root.version()).ifPresent(kept -> time.notBefore(kept.latest()));
        return time.floor();
    }

    private static RootMetadata current(Repository repository, byte[] anchor, TrustedFiles files) throws IOException {
        return RootChain.load(repository, anchor, files, TrustCode.STATE_ROOT_BROKEN)
                .current();
    }

    private static long root(Repository repository, byte[] anchor, TrustedFiles files) throws IOException {
        try {
            return current(repository, anchor, files).version();
        } catch (TrustException e) {
            return 0; // nothing can be accepted with it either
        }
    }

    // What a power cut tore is as good as absent, here as in the clients.
    private static long version(TrustedFiles files, String file, Document document) throws IOException {
        Optional<byte[]> bytes = files.load(file, document.maxBytes);
        try {
            return bytes.isPresent() ? Header.version(Envelope.parse(file, document, bytes.get()).signed) : 0;
        } catch (TrustException | MalformedJson e) {
            return 0;
        }
    }
}
