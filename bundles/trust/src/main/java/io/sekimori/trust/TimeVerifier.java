package io.sekimori.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Judges what a console says of the time, as a gateway does: by the director's newest root that the gateway has followed, expired
 * or not, since that is what the time is needed for. Changes nothing. Thread-safe.
 */
public final class TimeVerifier {

    private final TrustedFiles trusted;
    private final byte[] anchor;

    /**
     * @param metadata the unit's {@code state/metadata}
     * @param directorAnchor the bytes of {@code trust/director.json}
     */
    public TimeVerifier(Path metadata, byte[] directorAnchor) {
        this.trusted = new TrustedDirectory(metadata.resolve("director"));
        this.anchor = directorAnchor.clone();
    }

    /**
     * What time it was at the console when it answered.
     *
     * @param bytes as received
     * @param nonce what was asked with
     * @throws TrustException {@link TrustCode#TIME_MALFORMED}, {@link TrustCode#TIME_SIGNATURE}, {@link
     *     TrustCode#TIME_REPLAYED}, or why the director cannot be trusted now
     * @throws IOException if what the gateway trusts cannot be read
     */
    public Instant verify(byte[] bytes, String nonce) throws IOException {
        RootMetadata root = RootChain.load(Repository.DIRECTOR, anchor, trusted, TrustCode.STATE_ROOT_BROKEN)
                .current();
        Envelope envelope = Envelope.parse("statement of the time", Document.TIME, bytes, TrustCode.TIME_MALFORMED);
        root.requireSigned(envelope, Document.TIME);
        TimeStatement statement = read(envelope);
        if (!statement.nonce().equals(nonce)) {
            throw new TrustException(TrustCode.TIME_REPLAYED, "it answers another question");
        }
        return statement.time();
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
                    .isForged(Envelope.parse("statement of the time", Document.TIME, bytes, TrustCode.TIME_MALFORMED));
        } catch (IOException e) {
            return false; // nothing is known of any key then
        }
    }

    private static TimeStatement read(Envelope envelope) throws TrustException {
        try {
            return TimeStatement.of(envelope.signed);
        } catch (MalformedJson e) {
            throw new TrustException(TrustCode.TIME_MALFORMED, String.valueOf(e.getMessage()), e);
        }
    }
}
