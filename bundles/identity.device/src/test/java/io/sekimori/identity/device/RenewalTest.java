package io.sekimori.identity.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sekimori.identity.EnrolAnswer.Refused;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.IdentityCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.felix.hc.api.Result;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The certificate after the first one, against a console that sees which certificate it is asked with. */
class RenewalTest {

    private static final String SUBJECT = "CN=" + Lab.GATEWAY + ", OU=gateway";
    private static final String ACTOR = "io.sekimori.identity.device";

    @TempDir
    private Path folder;

    private final TestConsole console = new TestConsole(new TestCa());
    private Lab lab;
    private X509Certificate old;

    @BeforeEach
    void makeUnitWhoseCertificateEndsInAnHour() throws IOException {
        lab = new Lab(folder);
        old = certificate(Duration.ofHours(1));
        lab.enrolled(console, old);
    }

    @AfterEach
    void close() throws InterruptedException {
        console.close();
        lab.close();
    }

    @Test
    void theKeyIsKeptAndTheNewCertificateIsProvedBeforeItIsTheOne() throws Exception {
        List<Enrolled> told = new CopyOnWriteArrayList<>();
        DeviceIdentity identity = lab.identity();
        identity.listeners = List.of(told::add);
        console.proof = shown -> {
            assertThat(own(identity)).isEqualTo(old);
            return TestConsole.seen(shown);
        };

        assertThat(attempt(identity)).isEmpty();

        X509Certificate next = own(identity);
        assertThat(next).isNotEqualTo(old);
        assertThat(next.getPublicKey()).isEqualTo(lab.device.getPublic());
        assertThat(console.renewedWith).containsExactly(old);
        assertThat(console.provedWith).containsExactly(next);
        assertThat(told).singleElement().isEqualTo(identity.enrolled().orElseThrow());
        assertThat(renewed()).doesNotExist();
        assertThat(lab.audited)
                .containsExactly("identity.renew ALLOWED  by " + ACTOR, "identity.renew DONE  by " + ACTOR);
        identity.end();
    }

    @Test
    void beforeItIsTimeNothingIsAsked() throws Exception {
        lab.enrolled(console, certificate(Duration.ofDays(30)));

        assertThat(attempt(lab.identity())).isEmpty();

        assertThat(console.renewedWith).isEmpty();
        assertThat(lab.audited).isEmpty();
    }

    @Test
    void oneThatHasEndedIsRenewed() throws Exception {
        lab.enrolled(console, certificate(Duration.ofHours(-1)));
        DeviceIdentity identity = lab.identity();

        Result health = new IdentityHealth(identity).execute();
        assertThat(health.getStatus()).isEqualTo(Result.Status.WARN);
        assertThat(health.toString()).contains("ended at");
        assertThat(attempt(identity)).isEmpty();

        own(identity).checkValidity();
        identity.end();
    }

    @Test
    void aRefusalLeavesTheOldOneInUse() throws Exception {
        console.enrolment = key -> TestConsole.refusal(403, "CERTIFICATE_REVOKED");
        DeviceIdentity identity = lab.identity();

        Refused refused = attempt(identity).orElseThrow();

        assertThat(refused.code()).isEqualTo(IdentityCode.CONSOLE_REFUSED);
        assertThat(refused.detail()).contains("403 CERTIFICATE_REVOKED");
        assertThat(own(identity)).isEqualTo(old);
        assertThat(lab.audited).contains("identity.renew REFUSED CONSOLE_REFUSED by " + ACTOR);
    }

    @Test
    void aCertificateForAnotherKeyNameOrNoLongerTimeIsRefused() throws Exception {
        DeviceIdentity identity = lab.identity();

        console.enrolment =
                key -> TestConsole.certificate(console.ca.gateway(TestCa.pair().getPublic(), SUBJECT));
        assertThat(attempt(identity).orElseThrow().code()).isEqualTo(IdentityCode.CERTIFICATE_FOREIGN);
        console.enrolment = key -> TestConsole.certificate(console.ca.gateway(key, "CN=g-zzzzzzzzzzzz, OU=gateway"));
        assertThat(attempt(identity).orElseThrow().code()).isEqualTo(IdentityCode.CERTIFICATE_FOREIGN);
        console.enrolment = key -> TestConsole.certificate(old);
        assertThat(attempt(identity).orElseThrow().code()).isEqualTo(IdentityCode.CERTIFICATE_FOREIGN);
        console.enrolment = key -> TestConsole.certificate(new TestCa().gateway(key, SUBJECT));
        assertThat(attempt(identity).orElseThrow().code()).isEqualTo(IdentityCode.CERTIFICATE_FOREIGN);

        assertThat(console.provedWith).isEmpty();
        assertThat(own(identity)).isEqualTo(old);
    }

    @Test
    void oneThatTheConsoleDoesNotKnowIsGivenUpAndAskedForAgain() throws Exception {
        DeviceIdentity identity = lab.identity();
        console.proof = shown -> TestConsole.refusal(403, "CERTIFICATE_UNKNOWN");
        assertThat(attempt(identity).orElseThrow().code()).isEqualTo(IdentityCode.CONSOLE_REFUSED);
        assertThat(own(identity)).isEqualTo(old);
        assertThat(renewed()).doesNotExist();
        console.proof = shown -> TestConsole.seen(old);
        assertThat(attempt(identity).orElseThrow().code()).isEqualTo(IdentityCode.ANSWER_MALFORMED);
        assertThat(own(identity)).isEqualTo(old);

        console.proof = TestConsole::seen;
        assertThat(attempt(identity)).isEmpty();

        assertThat(console.renewedWith).containsExactly(old, old, old);
        identity.end();
    }

    @Test
    void aPowerCutBeforeTheProofGoesOnWithIt() throws Exception {
        console.proof = shown -> new TestConsole.Reply(0, new byte[0]);
        DeviceIdentity before = lab.identity();
        assertThat(attempt(before).orElseThrow().code()).isEqualTo(IdentityCode.CONSOLE_UNREACHABLE);
        assertThat(own(before)).isEqualTo(old);
        assertThat(renewed()).exists();

        // The process ends here; another one begins.
        console.proof = TestConsole::seen;
        DeviceIdentity after = lab.identity();
        assertThat(attempt(after)).isEmpty();

        assertThat(console.renewedWith).hasSize(1);
        assertThat(own(after)).isNotEqualTo(old).isEqualTo(console.provedWith.get(0));
        assertThat(renewed()).doesNotExist();
        after.end();
    }

    @Test
    void aPowerCutAfterTheRenameChangesNothing() throws Exception {
        DeviceIdentity identity = lab.identity();
        assertThat(attempt(identity)).isEmpty();
        X509Certificate next = own(identity);
        Files.copy(lab.data().resolve("identity.json"), renewed());

        assertThat(attempt(identity)).isEmpty();

        assertThat(renewed()).doesNotExist();
        assertThat(own(identity)).isEqualTo(next);
        assertThat(console.renewedWith).hasSize(1);
        identity.end();
    }

    @Test
    void aHalfWrittenOrForeignOneIsForgotten() throws Exception {
        Files.write(renewed(), new byte[] {'{'});
        DeviceIdentity identity = lab.identity();

        assertThat(attempt(identity)).isEmpty();

        assertThat(console.renewedWith).containsExactly(old);
        assertThat(own(identity)).isNotEqualTo(old);
        identity.end();
    }

    @Test
    void withoutAnAuditNothingIsAsked() throws Exception {
        lab.audits = false;

        assertThat(attempt(lab.identity()).orElseThrow().code()).isEqualTo(IdentityCode.IDENTITY_AUDIT_REFUSED);

        assertThat(console.renewedWith).isEmpty();
    }

    @Test
    void itIsTriedAgainWithoutBeingAsked() throws Exception {
        console.enrolment = key -> TestConsole.refusal(503, "AWAY");
        DeviceIdentity identity = lab.identity();
        identity.begin();
        await(() -> identity.renewalRefusal().isPresent());
        assertThat(new IdentityHealth(identity).execute().toString()).contains("not renewed: CONSOLE_REFUSED");

        console.enrolment = key -> TestConsole.certificate(console.ca.gateway(key, SUBJECT));
        await(() -> !own(identity).equals(old) && identity.renewalRefusal().isEmpty());

        identity.end();
    }

    @Test
    void gatewaysSpreadWithinTheirBounds() {
        RenewalSettings settings = new RenewalSettings(66, 6, Duration.ofSeconds(1), Duration.ofSeconds(9));
        Duration life = Duration.between(
                old.getNotBefore().toInstant(), old.getNotAfter().toInstant());

        for (int i = 0; i < 50; i++) {
            X509Certificate each = certificate(Duration.ofHours(1));
            assertThat(Duration.between(each.getNotBefore().toInstant(), settings.due(each)))
                    .isBetween(
                            life.multipliedBy(66).dividedBy(100).minusSeconds(2),
                            life.multipliedBy(72).dividedBy(100).plusSeconds(2));
            assertThat(settings.due(each)).isEqualTo(settings.due(each));
            assertThat(settings.late(each)).isAfter(settings.due(each));
        }
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        for (int[] each : new int[][] {{9, 6, 1, 9}, {91, 6, 1, 9}, {66, 10, 1, 9}, {66, 6, 0, 9}, {66, 6, 9, 1}}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RenewalSettings(
                            each[0], each[1], Duration.ofSeconds(each[2]), Duration.ofSeconds(each[3])));
        }
    }

    private Optional<Refused> attempt(DeviceIdentity identity) {
        return new Renewing(
                        new IdentityFolder(lab.data()), identity, () -> Lab.RENEWAL, Clock.systemUTC(), Lab.silent())
                .attempt(ACTOR);
    }

    private X509Certificate certificate(Duration validFor) {
        return console.ca.leaf(lab.device.getPublic(), SUBJECT, KeyPurposeId.id_kp_clientAuth, validFor, "localhost");
    }

    private Path renewed() {
        return lab.data().resolve("renewed");
    }

    private static X509Certificate own(DeviceIdentity identity) {
        return identity.enrolled().orElseThrow().chain().get(0);
    }

    private static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(20)) {
                throw new AssertionError("what was waited for did not happen");
            }
            Thread.onSpinWait();
        }
    }
}
