package io.sekimori.trust;

import java.time.Instant;

/** A timestamp (4.6): the one snapshot that counts. Parsed, not yet trusted. */
record TimestampMetadata(Envelope envelope, Header header, FileMeta snapshot) {

    static final String FILE = "timestamp.json";

    static TimestampMetadata parse(byte[] bytes) throws TrustException {
        Envelope envelope = Envelope.parse(Repository.RELEASE.nameOf(FILE), Document.TIMESTAMP, bytes);
        try {
            JsonObject snapshot = envelope.signed.object("meta").object("snapshot.json");
            return new TimestampMetadata(envelope, Header.of(envelope, Document.TIMESTAMP), FileMeta.of(snapshot));
        } catch (MalformedJson e) {
            throw Envelope.malformed(envelope.name, e);
        }
    }

    /** Parsed and signed by enough of the root's timestamp keys (5.4.2). */
    static TimestampMetadata signed(byte[] bytes, RootMetadata root) throws TrustException {
        TimestampMetadata timestamp = parse(bytes);
        root.requireSigned(timestamp.envelope, Document.TIMESTAMP);
        return timestamp;
    }

    /** Whether a client that trusts {@code seen} would refuse this, or see nothing new in it. */
    boolean isBehind(TimestampMetadata seen) {
        return header.version() <= seen.header.version() || snapshot.version() <= seen.snapshot.version();
    }

    /**
     * Refuses numbers that only a clock far ahead can have made: whoever signs above them has them for as long.
     *
     * @throws TrustException {@link PublishCode#TIMESTAMP_AHEAD}
     */
    void requireNotAhead(Instant now) throws TrustException {
        long most = now.plus(Header.ZONES).getEpochSecond();
        if (Math.max(header.version(), snapshot.version()) > most) {
            throw new TrustException(
                    PublishCode.TIMESTAMP_AHEAD,
                    envelope.name + " has version " + header.version() + " and names snapshot " + snapshot.version()
                            + ", and clocks are at " + now.getEpochSecond());
        }
    }

    /** 5.4.3: neither this nor its snapshot may be older than what was trusted before. */
    void requireNotBefore(TimestampMetadata trusted) throws TrustException {
        if (header.version() < trusted.header.version()) {
            throw new TrustException(
                    TrustCode.TIMESTAMP_ROLLBACK,
                    envelope.name + " has version " + header.version() + ", trusted before was "
                            + trusted.header.version());
        }
        if (snapshot.version() < trusted.snapshot.version()) {
            throw new TrustException(
                    TrustCode.TIMESTAMP_SNAPSHOT_ROLLBACK,
                    envelope.name + " names snapshot " + snapshot.version() + ", trusted before was "
                            + trusted.snapshot.version());
        }
    }
}
