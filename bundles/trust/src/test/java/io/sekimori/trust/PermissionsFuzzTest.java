package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

/** Whatever comes as permits, as a mandate or as the time is refused with its code, or says the same when it is written again. */
class PermissionsFuzzTest {

    /** When the permits that are kept as an input count; they name this gateway and this release. */
    private static final Instant NOW = World.NOW;

    private static final Permit.Item ALPHA = new Permit.Item(World.ALPHA, "1.0.0", 1, "a".repeat(64));

    private static RootMetadata root;

    /** Its targets signed the permits that are kept as an input. */
    @BeforeAll
    static void root() throws IOException {
        String file = PermissionsFuzzTest.class.getSimpleName() + "Inputs/permitsAreReadOrRefused/root";
        try (InputStream in = PermissionsFuzzTest.class.getResourceAsStream(file)) {
            root = RootMetadata.parse(Repository.RELEASE, "1.root.json", in.readAllBytes());
        }
    }

    @FuzzTest(maxDuration = "60s")
    void permitsAreReadOrRefused(byte[] input) {
        try {
            FloorPermits permits = FloorPermits.read(input, root);
            permits.refusal(ALPHA, World.UNIT, NOW)
                    .ifPresent(refusal -> assertThat(refusal.code())
                            .isIn(TrustCode.BELOW_FLOOR, TrustCode.PERMIT_SIGNATURES, TrustCode.PERMIT_EXPIRED));
        } catch (TrustException e) {
            assertThat(e.refusal().code()).isEqualTo(TrustCode.PERMIT_MALFORMED);
        }
    }

    @FuzzTest(maxDuration = "60s")
    void aPermitIsReadOrRefused(byte[] input) throws IOException {
        Permit permit;
        try {
            permit = permit(input);
        } catch (TrustException e) {
            assertThat(e.refusal().code()).isEqualTo(TrustCode.PERMIT_MALFORMED);
            return;
        }
        assertThat(permit(permit.signed(List.of()))).isEqualTo(permit);
        assertThat(permit.lines()).isNotEmpty();
    }

    @FuzzTest(maxDuration = "60s")
    void aMandateIsReadOrRefused(byte[] input) throws IOException, MalformedJson {
        Mandate mandate;
        try {
            mandate = Mandate.of(signed(Document.MANDATE, input));
        } catch (TrustException | MalformedJson e) {
            return;
        }
        assertThat(Mandate.of(signed(Document.MANDATE, SignedFile.bytes(mandate.json(), List.of()))))
                .isEqualTo(mandate);
        assertThat(mandate.toString()).hasSizeLessThan(400);
    }

    @FuzzTest(maxDuration = "60s")
    void aTimeIsReadOrRefused(byte[] input) throws IOException, MalformedJson {
        TimeStatement time;
        try {
            time = TimeStatement.of(signed(Document.TIME, input));
        } catch (TrustException | MalformedJson e) {
            return;
        }
        assertThat(TimeStatement.of(signed(Document.TIME, SignedFile.bytes(time.json(), List.of()))))
                .isEqualTo(time);
    }

    private static Permit permit(byte[] bytes) throws TrustException {
        return Permit.read(Envelope.parse("a permit", Document.PERMIT, bytes, TrustCode.PERMIT_MALFORMED));
    }

    private static JsonObject signed(Document document, byte[] bytes) throws TrustException {
        return Envelope.parse("a document", document, bytes).signed;
    }
}
