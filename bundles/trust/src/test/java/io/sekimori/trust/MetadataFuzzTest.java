package io.sekimori.trust;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** Whatever is sent as metadata is read or refused with a code, never with another exception. */
class MetadataFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void metadataIsReadOrRefused(byte[] input) {
        attempt(() -> RootMetadata.parse(Repository.RELEASE, "2.root.json", input));
        attempt(() -> RootMetadata.parse(Repository.DIRECTOR, "2.root.json", input));
        attempt(() -> TimestampMetadata.parse(input));
        attempt(() -> SnapshotMetadata.parse(Envelope.parse("snapshot.json", Document.SNAPSHOT, input)));
        attempt(() -> ReleaseCatalog.of(targets(Document.TARGETS, input)));
        attempt(() -> SignedDocument.read(input));
    }

    @FuzzTest(maxDuration = "60s")
    void whatIsDelegatedIsSearchedOrRefused(byte[] input) {
        attempt(() -> {
            TargetsMetadata role = targets(Document.DELEGATED, input);
            // Whatever it delegates to is this file again, verified by whatever keys it names.
            TargetSearch search = new TargetSearch(role, delegation -> {
                delegation.keys().progress(role.envelope());
                return role;
            });
            return search.asked("org.acme.pump/1.0.0/org.acme.pump-1.0.0.jar");
        });
    }

    @FuzzTest(maxDuration = "60s")
    void anAssignmentIsReadOrRefused(byte[] input) {
        attempt(() -> AssignmentJson.read(targets(Document.ASSIGNMENT, input)));
    }

    private static TargetsMetadata targets(Document document, byte[] input) throws TrustException {
        return TargetsMetadata.parse(Envelope.parse("targets.json", document, input), document);
    }

    private interface Reading {
        Object read() throws IOException;
    }

    private static void attempt(Reading reading) {
        try {
            reading.read();
        } catch (TrustException e) {
            e.refusal();
        } catch (IOException e) {
            throw new AssertionError("nothing is read here", e);
        }
    }
}
