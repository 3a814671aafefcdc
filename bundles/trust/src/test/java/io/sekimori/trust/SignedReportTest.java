package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SignedReportTest {

    private static KeyPair device;
    private static KeyPair other;
    private static String id;

    @BeforeAll
    static void keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        device = generator.generateKeyPair();
        other = generator.generateKeyPair();
        id = Sha256.hex(device.getPublic().getEncoded());
    }

    @Test
    void whatWasSignedIsRead() throws Exception {
        UnitReport report = report(id, Optional.of(last()));

        assertThat(SignedReport.verified(signed(report, device), id)).isEqualTo(report);
        assertThat(SignedReport.unverified(signed(report, device))).isEqualTo(report);
    }

    @Test
    void aUnitThatNeverChangedHasNoTransition() throws Exception {
        UnitReport report = report(id, Optional.empty());

        assertThat(SignedReport.verified(signed(report, device), id).last()).isEmpty();
    }

    /** As units wrote it that noted nothing. */
    @Test
    void aReportOfAnEarlierUnitNotesNothing() throws Exception {
        Map<String, Object> members = UnitReportJson.members(report(id, Optional.empty()));
        members.remove("noted");

        assertThat(UnitReportJson.read(JsonObject.parse(JsonText.bytes(members)))
                        .noted())
                .isEqualTo(UnitReport.Noted.NOTHING);
    }

    @Test
    void aChangedReportIsRefused() throws Exception {
        String text = new String(signed(report(id, Optional.empty()), device), StandardCharsets.UTF_8);
        byte[] changed =
                text.replace("\"generation\" : 3", "\"generation\" : 4").getBytes(StandardCharsets.UTF_8);

        Verdicts.assertRefused(() -> SignedReport.verified(changed, id), TrustCode.REPORT_SIGNATURE);
    }

    @Test
    void aReportOfAnotherKeyIsRefused() throws Exception {
        byte[] forged = signed(report(id, Optional.empty()), other);

        Verdicts.assertRefused(() -> SignedReport.verified(forged, id), TrustCode.REPORT_OTHER_DEVICE);
    }

    @Test
    void aReportThatNamesAnotherDeviceIsRefused() throws Exception {
        byte[] foreign = signed(report("e".repeat(64), Optional.empty()), device);

        Verdicts.assertRefused(() -> SignedReport.verified(foreign, id), TrustCode.REPORT_OTHER_DEVICE);
    }

    @Test
    void anUnknownAlgorithmVerifiesNothing() throws Exception {
        String text = new String(signed(report(id, Optional.empty()), device), StandardCharsets.UTF_8);
        byte[] changed = text.replace("EC_P256", "NONE").getBytes(StandardCharsets.UTF_8);

        Verdicts.assertRefused(() -> SignedReport.verified(changed, id), TrustCode.REPORT_SIGNATURE);
    }

    @Test
    void whatIsNoReportIsRefused() {
        Verdicts.assertRefused(
                () -> SignedReport.verified("{}".getBytes(StandardCharsets.UTF_8), id), TrustCode.REPORT_MALFORMED);
        Verdicts.assertRefused(
                () -> SignedReport.unverified("{\"format\":2,\"report\":{}}".getBytes(StandardCharsets.UTF_8)),
                TrustCode.REPORT_MALFORMED);
    }

    @Test
    void aSignatureThatIsNoBase64IsRefused() throws Exception {
        byte[] bytes = signed(report(id, Optional.empty()), device);
        String signature = JsonObject.parse(bytes).string("signature");
        String text = new String(bytes, StandardCharsets.UTF_8).replace(signature, "§");

        Verdicts.assertRefused(
                () -> SignedReport.verified(text.getBytes(StandardCharsets.UTF_8), id), TrustCode.REPORT_MALFORMED);
        assertThat(Base64.getDecoder().decode(signature)).hasSizeBetween(60, 80);
    }

    @Test
    void whatAUnitDemandsInAWayThatNobodyKnowsHereIsNotKnown() throws Exception {
        byte[] bytes = signed(report(id, Optional.empty()), device);
        String later = new String(bytes, StandardCharsets.UTF_8).replace("\"people\"", "\"People, all of them\"");

        assertThat(SignedReport.unverified(bytes).noted().approvals()).isPresent();
        assertThat(SignedReport.unverified(later.getBytes(StandardCharsets.UTF_8))
                        .noted())
                .satisfies(noted -> assertThat(noted.approvals()).isEmpty())
                .satisfies(noted -> assertThat(noted.attacks()).isEqualTo(27));
        String before = new String(bytes, StandardCharsets.UTF_8).replace("\"approvals\"", "\"formerly\"");
        assertThat(SignedReport.unverified(before.getBytes(StandardCharsets.UTF_8))
                        .noted()
                        .approvals())
                .isEmpty();
    }

    @Test
    void aNonceHasNothingThatCouldBeMistaken() {
        UnitReport report = report(id, Optional.empty());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UnitReport(
                        id,
                        report.model(),
                        report.serial(),
                        report.running(),
                        report.trusted(),
                        report.last(),
                        report.findings(),
                        report.time(),
                        1,
                        "a b"));
    }

    private static byte[] signed(UnitReport report, KeyPair key) throws Exception {
        return SignedReport.sign(report, "EC_P256", key.getPublic().getEncoded(), message -> {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key.getPrivate());
            signature.update(message);
            return signature.sign();
        });
    }

    static UnitReport report(String device, Optional<UnitReport.Last> last) {
        return new UnitReport(
                device,
                "M-1",
                "0001",
                new UnitReport.Running(
                        3,
                        3,
                        29_000_000,
                        List.of(new UnitReport.Item(World.ALPHA, "1.0.0", "a".repeat(64), 5)),
                        List.of(new UnitReport.Item("launcher", "1.0.0", "", 1)),
                        Map.of("org.example.pid", Map.of("name", "value", "number", 7L, "list", List.of("a", "b")))),
                new UnitReport.Trusted(1, 2, 3, 4, 5, 29_000_000),
                last,
                List.of("UNADMITTED org.example.intruder/1.0.0"),
                Instant.parse("2026-11-21T12:00:00.123Z"),
                42,
                "nonce-1",
                new UnitReport.Noted(
                        27,
                        List.of(World.ALPHA + "/1.0.0 counter 1, floor 2"),
                        Optional.of(new ApprovalDemand(
                                true, List.of(new ApprovalDemand.Group("people", 1, Set.of("a".repeat(64)))), 30))));
    }

    static UnitReport.Last last() {
        return new UnitReport.Last(
                "20261121-120000-1a2b",
                2,
                3,
                29_000_000,
                "REVERTED",
                2,
                "UNHEALTHY",
                "a check failed",
                "console",
                "https",
                Instant.parse("2026-11-21T11:59:00Z"),
                Instant.parse("2026-11-21T12:00:00Z"),
                Optional.of(Instant.parse("2026-11-01T12:00:00Z")),
                List.of(new UnitReport.Swapped(World.ALPHA, "OVERLAP", 0, 120_000)));
    }
}
