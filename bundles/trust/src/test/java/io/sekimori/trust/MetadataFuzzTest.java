package io.sekimori.trust;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever is sent as metadata is read or refused with a code, never with another exception. */
class MetadataFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void metadataIsReadOrRefused(byte[] input) {
        attempt(() -> RootMetadata.parse(Repository.RELEASE, "2.root.json", input));
        attempt(() -> RootMetadata.parse(Repository.DIRECTOR, "2.root.json", input));
        attempt(() -> TimestampMetadata.parse(input));
        attempt(() -> SnapshotMetadata.parse(Envelope.parse("snapshot.json", Document.SNAPSHOT, input)));
        attempt(() -> ReleaseCatalog.of(targets(Document.TARGETS, input)));
    }

    @FuzzTest(maxDuration = "60s")
    void anAssignmentIsReadOrRefused(byte[] input) {
        attempt(() -> AssignmentJson.read(targets(Document.ASSIGNMENT, input)));
    }

    private static TargetsMetadata targets(Document document, byte[] input) throws TrustException {
        return TargetsMetadata.parse(Envelope.parse("targets.json", document, input), document);
    }

    private interface Reading {
        Object read() throws TrustException;
    }

    private static void attempt(Reading reading) {
        try {
            reading.read();
        } catch (TrustException e) {
            e.refusal();
        }
    }
}
