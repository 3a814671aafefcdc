package io.sekimori.trust;

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
