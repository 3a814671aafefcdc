package io.sekimori.trust;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * Judges an assignment as the gateway does: both TUF clients, their agreement, device and model, versions and floors.
 * What it trusts it keeps in {@code state/metadata}; nothing outside that directory changes.
 *
 * <p>Fail closed: bad input, a failing disk and doubt are refusals, never exceptions. Thread-safe; one verdict at a time.
 */
public final class UpdateVerifier {

    private final Path metadata;
    private final byte[] releaseAnchor;
    private final byte[] directorAnchor;

    /**
     * A verifier over one unit's trusted metadata.
     *
     * @param metadata       the unit's {@code state/metadata}, created when missing
     * @param releaseAnchor  the bytes of {@code trust/root.json}
     * @param directorAnchor the bytes of {@code trust/director.json}
     */
    public UpdateVerifier(Path metadata, byte[] releaseAnchor, byte[] directorAnchor) {
        this.metadata = metadata;
        this.releaseAnchor = releaseAnchor.clone();
        this.directorAnchor = directorAnchor.clone();
    }

    /** As {@link #verify(MetadataSource, MetadataSource, UnitFacts, Map, Instant)}, out of a pack. */
    public Acceptance verify(Pack pack, UnitFacts unit, Map<String, Long> floors, Instant now) {
        return verify(pack.releases(), pack.director(), unit, floors, now);
    }

    /**
     * Judges what the sources hold.
     *
     * @param floors the unit's own floors: the least counter accepted, by symbolic name
     * @param now    the start of this update, the one time that every expiry is compared with (TUF 5.1)
     */
    public synchronized Acceptance verify(
            MetadataSource releases, MetadataSource director, UnitFacts unit, Map<String, Long> floors, Instant now) {
        return new Acceptance.Refused(new Refusal(TrustCode.STATE_UNWRITABLE, "not verified"));
    }
}
