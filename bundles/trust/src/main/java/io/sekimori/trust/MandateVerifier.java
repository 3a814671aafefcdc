package io.sekimori.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Judges mandates as a gateway does, by the director's newest root that the gateway has followed. Whether one was heard
 * before is not said: compare {@link Mandate#counter} with the last. Changes nothing. Thread-safe.
 */
public final class MandateVerifier {

    private final TrustedFiles trusted;
    private final byte[] anchor;

    /**
     * @param metadata the unit's {@code state/metadata}
     * @param directorAnchor the bytes of {@code trust/director.json}
     */
    public MandateVerifier(Path metadata, byte[] directorAnchor) {
        this.trusted = new TrustedDirectory(metadata.resolve("director"));
        this.anchor = directorAnchor.clone();
    }

    /**
     * A mandate that counts.
     *
     * @param keysSince version of the director's root that last took a key away, so that whoever had it signs no more; counters of
     *     before bind nobody. That of the anchor if none did
     */
    public record Verified(Mandate mandate, long keysSince) {}

    /**
     * A mandate that the director signed for this unit, and whose time is not over.
     *
     * @param bytes as received
     * @param gateway this gateway's id
     * @param device SHA-256 of this gateway's public key, hex
     * @throws TrustException {@link TrustCode#MANDATE_MALFORMED}, {@link TrustCode#MANDATE_SIGNATURE}, {@link
     *     TrustCode#MANDATE_OTHER_UNIT}, {@link TrustCode#MANDATE_EXPIRED}, or why the director cannot be trusted now
     * @throws IOException if what the gateway trusts cannot be read
     */
    public Mandate verify(byte[] bytes, String gateway, String device, Instant now) throws IOException {
        return judge(bytes, gateway, device, now).mandate();
    }

    /** As {@link #verify}, with what its counter counts under. */
    public Verified judge(byte[] bytes, String gateway, String device, Instant now) throws IOException {
        RootChain roots = RootChain.load(Repository.DIRECTOR, anchor, trusted, TrustCode.STATE_ROOT_BROKEN);
        RootMetadata root = roots.current();
        root.header().requireFresh(now);
        Envelope envelope = Envelope.parse("mandate", Document.MANDATE, bytes, TrustCode.MANDATE_MALFORMED);
        root.requireSigned(envelope, Document.MANDATE);
        Mandate mandate = read(envelope);
        if (!mandate.gateway().equals(gateway) || !mandate.device().equals(device)) {
            throw new TrustException(TrustCode.MANDATE_OTHER_UNIT, "for " + mandate.gateway());
        }
        if (now.isAfter(mandate.expires())) {
            throw new TrustException(TrustCode.MANDATE_EXPIRED, "it ended at " + mandate.expires());
        }
        return new Verified(mandate, roots.targetsKeysSince());
    }

    /**
     * Whether what was refused for its signatures is somebody's who has no right to it, or had one before a root took a key away. What may be
     * right by a root that this unit has yet to follow is not.
     *
     * @param bytes as received
     */
    public boolean isForged(byte[] bytes) {
        try {
            return RootChain.load(Repository.DIRECTOR, anchor, trusted, TrustCode.STATE_ROOT_BROKEN)
                    .isForged(Envelope.parse("mandate", Document.MANDATE, bytes, TrustCode.MANDATE_MALFORMED));
        } catch (IOException e) {
            return false; // nothing is known of any key then
        }
    }

    private static Mandate read(Envelope envelope) throws TrustException {
        try {
            return Mandate.of(envelope.signed);
        } catch (MalformedJson e) {
            throw new TrustException(TrustCode.MANDATE_MALFORMED, String.valueOf(e.getMessage()), e);
        }
    }
}
