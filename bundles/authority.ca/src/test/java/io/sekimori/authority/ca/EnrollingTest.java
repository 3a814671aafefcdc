package io.sekimori.authority.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sekimori.authority.ActivationOrder;
import io.sekimori.authority.AuthorityCode;
import io.sekimori.authority.AuthorityException;
import io.sekimori.authority.GatewayCertificate;
import io.sekimori.authority.GatewayCertificate.State;
import io.sekimori.authority.IssuedActivation;
import io.sekimori.authority.Standing;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.trust.Activation;
import io.sekimori.trust.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Activations, certificates and what they count, on both databases. */
class EnrollingTest {

    private final KeyPair key = Bench.pair();

    @OnBothDatabases
    void anActivationSaysWhereAndHowTheConsoleIsKnown(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();

        try (IssuedActivation issued =
                        authority.activate(new ActivationOrder(Bench.GATEWAY, Duration.ofDays(7)), "person:alice");
                Activation file = Activation.parse(issued.file());
                Activation label = Activation.parse(issued.label())) {
            assertThat(file.bytes()).isEqualTo(label.bytes());
            assertThat(file.place().gatewayId()).isEqualTo(Bench.GATEWAY);
            assertThat(file.place().console()).hasToString("https://console.example:8443");
            assertThat(file.pins().consoleKey())
                    .isEqualTo(Sha256.hex(bench.root.getPublicKey().getEncoded()));
            assertThat(file.pins().root()).isEqualTo(Bench.ROOT);
            assertThat(new String(file.code(), StandardCharsets.US_ASCII)).matches("[a-z2-7]{26}");
            assertThat(file.notAfter()).isEqualTo(issued.notAfter());
            assertThat(issued.toString()).isEqualTo("[secret]");
        }
        assertThat(bench.audited)
                .containsExactly("person:alice authority.activate ALLOWED ", "person:alice authority.activate DONE ");
    }

    @OnBothDatabases
    void aCertificateIsWhatTheAuthorityDecidesAndNotWhatIsAskedFor(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        List<GatewayCertificate> heard = new ArrayList<>();
        authority.listeners = List.of(heard::add);
        byte[] forged = Requests.of(key, "CN=console-1, OU=console", key);

        X509Certificate made = Bench.certificate(authority
                .enrol(Bench.GATEWAY, bench.code(authority), forged, "192.0.2.7")
                .der());

        assertThat(made.getSubjectX500Principal().getName()).isEqualTo("CN=" + Bench.GATEWAY + ",OU=gateway");
        assertThat(made.getPublicKey()).isEqualTo(key.getPublic());
        assertThat(made.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(made.getBasicConstraints()).isEqualTo(-1);
        assertThat(made.getSerialNumber().bitLength()).isEqualTo(129);
        assertThat(made.getNotAfter().toInstant())
                .isBetween(
                        bench.clock().instant().plus(Duration.ofDays(365)),
                        bench.clock().instant().plus(Duration.ofDays(367)));
        assertThat(heard).hasSize(1).first().satisfies(facts -> {
            assertThat(facts.gatewayId()).isEqualTo(Bench.GATEWAY);
            assertThat(facts.deviceKey()).isEqualTo(Sha256.hex(key.getPublic().getEncoded()));
        });
        assertThat(authority.newest(Bench.GATEWAY)).contains(heard.get(0));
    }

    @OnBothDatabases
    void theSameKeyGetsTheSameCertificateUntilItIsSeenInUse(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        byte[] code = bench.code(authority);
        X509Certificate first = Bench.enrol(authority, code, key);

        // The reply was lost, and the console with it: another process answers.
        consoles.endAll();
        CaAuthority next = bench.console();
        assertThat(Bench.enrol(next, code, key)).isEqualTo(first);

        assertThat(next.check(first)).isInstanceOf(Standing.Good.class);
        assertThat(next.newest(Bench.GATEWAY).orElseThrow().state()).isEqualTo(State.IN_USE);
        assertThat(codeOf(() -> Bench.enrol(next, code, key))).isEqualTo(AuthorityCode.CODE_USED);
    }

    @OnBothDatabases
    void aCodeIsGoodForTheFirstKeyAlone(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        byte[] code = bench.code(authority);
        Bench.enrol(authority, code, key);

        assertThat(codeOf(() -> Bench.enrol(authority, code, Bench.pair()))).isEqualTo(AuthorityCode.CODE_USED);
        assertThat(bench.audited).endsWith("gateway:" + Bench.GATEWAY + " authority.enrol REFUSED CODE_USED");
    }

    @OnBothDatabases
    void ofManyKeysAtOnceAtTwoConsolesOneWins(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        List<CaAuthority> authorities = List.of(bench.console(), bench.console());
        byte[] code = bench.code(authorities.get(0));
        List<CompletableFuture<X509Certificate>> tries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            CaAuthority authority = authorities.get(i % 2);
            KeyPair own = i < 4 ? key : Bench.pair();
            tries.add(CompletableFuture.supplyAsync(() -> enrolled(authority, code, own)));
        }

        Set<X509Certificate> certificates = new HashSet<>();
        for (CompletableFuture<X509Certificate> each : tries) {
            try {
                certificates.add(each.get());
            } catch (ExecutionException e) {
                assertThat(e.getCause()).hasMessageContaining("CODE_USED");
            }
        }

        assertThat(certificates).hasSize(1);
    }

    private static X509Certificate enrolled(CaAuthority authority, byte[] code, KeyPair key) {
        try {
            return Bench.enrol(authority, code, key);
        } catch (EnrolRefused | AuthorityException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @OnBothDatabases
    void aCodeThatIsWrongOldOrReplacedIsRefused(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        assertThat(codeOf(() -> Bench.enrol(authority, new byte[26], key))).isEqualTo(AuthorityCode.CODE_UNKNOWN);

        byte[] first = bench.code(authority);
        byte[] second = bench.code(authority, Duration.ofMinutes(1));
        assertThat(codeOf(() -> Bench.enrol(authority, first, key))).isEqualTo(AuthorityCode.CODE_UNKNOWN);

        bench.ahead = Duration.ofMinutes(2);
        assertThat(codeOf(() -> Bench.enrol(authority, second, key))).isEqualTo(AuthorityCode.CODE_EXPIRED);
        assertThat(authority.newest(Bench.GATEWAY)).isEmpty();
    }

    @OnBothDatabases
    void aRevokedGatewayIsNobodyUntilItIsActivatedAgain(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        X509Certificate certificate = Bench.enrol(authority, bench.code(authority), key);
        byte[] open = bench.code(authority);

        authority.revoke(Bench.GATEWAY, "lost", "person:alice");
        authority.revoke(Bench.GATEWAY, "again", "person:alice");

        assertThat(refusal(authority.check(certificate))).isEqualTo(AuthorityCode.CERTIFICATE_REVOKED);
        assertThat(codeOf(() -> Bench.enrol(authority, open, key))).isEqualTo(AuthorityCode.CODE_UNKNOWN);
        assertThat(Lists.of(authority.revocations()).isRevoked(certificate)).isTrue();
        X509Certificate next = Bench.enrol(authority, bench.code(authority), key);
        assertThat(authority.check(next)).isInstanceOf(Standing.Good.class);
        assertThat(Lists.of(authority.revocations()).isRevoked(next)).isFalse();
    }

    @OnBothDatabases
    void theFirstUseOfANewKeyEndsTheCertificatesOfTheOldOne(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        X509Certificate old = Bench.enrol(authority, bench.code(authority), key);
        authority.check(old);
        X509Certificate next = Bench.enrol(authority, bench.code(authority), Bench.pair());

        // An enrolment that nobody follows up strands nobody; nor does a renewal of the old key touch the new one.
        assertThat(authority.check(old)).isInstanceOf(Standing.Good.class);
        X509Certificate renewed = renewed(authority, old);
        assertThat(authority.check(renewed)).isInstanceOf(Standing.Good.class);
        bench.audits = false;
        assertThat(refusal(authority.check(next))).isEqualTo(AuthorityCode.AUTHORITY_AUDIT_REFUSED);
        bench.audits = true;
        assertThat(authority.check(next)).isInstanceOf(Standing.Good.class);

        assertThat(refusal(authority.check(old))).isEqualTo(AuthorityCode.CERTIFICATE_REVOKED);
        assertThat(refusal(authority.check(renewed))).isEqualTo(AuthorityCode.CERTIFICATE_REVOKED);
        assertThat(authority.check(next)).isInstanceOf(Standing.Good.class);
        assertThat(codeOf(() -> renewed(authority, old))).isEqualTo(AuthorityCode.CERTIFICATE_REVOKED);
        assertThat(Lists.of(authority.revocations()).isRevoked(old)).isTrue();
        assertThat(Lists.of(authority.revocations()).isRevoked(next)).isFalse();
        assertThat(bench.audited).contains("gateway:" + Bench.GATEWAY + " authority.revoke DONE ");
    }

    @OnBothDatabases
    void theSameKeyActivatedAgainKeepsWhatItHas(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        X509Certificate old = Bench.enrol(authority, bench.code(authority), key);
        authority.check(old);

        X509Certificate next = Bench.enrol(authority, bench.code(authority), key);
        authority.check(next);

        assertThat(authority.check(old)).isInstanceOf(Standing.Good.class);
    }

    private X509Certificate renewed(CaAuthority authority, X509Certificate old)
            throws EnrolRefused, AuthorityException {
        byte[] request = Requests.of(key, "OU=gateway, CN=" + Bench.GATEWAY, key);
        return Bench.certificate(authority.renew(old, request, "192.0.2.7").der());
    }

    @OnBothDatabases
    void onlyACertificateThatIsOnRecordCounts(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        X509Certificate good = Bench.enrol(authority, bench.code(authority), key);

        assertThat(refusal(authority.check(bench.root))).isEqualTo(AuthorityCode.CERTIFICATE_FOREIGN);
        X509Certificate unrecorded = authority
                .ca()
                .issuer()
                .issue(Profile.subject(Bench.GATEWAY, "gateway"), key.getPublic(), Duration.ofDays(1), Profile.CLIENT);
        assertThat(refusal(authority.check(unrecorded))).isEqualTo(AuthorityCode.CERTIFICATE_UNKNOWN);
        bench.ahead = Duration.ofDays(400);
        assertThat(refusal(authority.check(good))).isEqualTo(AuthorityCode.CERTIFICATE_EXPIRED);
    }

    @OnBothDatabases
    void withoutAuditOrRecordsNothingIsDone(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        byte[] code = bench.code(authority);
        X509Certificate certificate = Bench.enrol(authority, code, key);

        bench.audits = false;
        assertThat(failure(() -> Bench.enrol(authority, bench.code(authority), key)))
                .isEqualTo(AuthorityCode.AUTHORITY_AUDIT_REFUSED);
        assertThat(failure(() -> Bench.enrol(authority, code, key))).isEqualTo(AuthorityCode.AUTHORITY_AUDIT_REFUSED);
        assertThat(failure(() -> authority.revoke(Bench.GATEWAY, "lost", "person:alice")))
                .isEqualTo(AuthorityCode.AUTHORITY_AUDIT_REFUSED);

        bench.audits = true;
        authority.records = null;
        assertThat(failure(() -> Bench.enrol(authority, code, key))).isEqualTo(AuthorityCode.AUTHORITY_RECORDS_FAILED);
        assertThat(refusal(authority.check(certificate))).isEqualTo(AuthorityCode.AUTHORITY_RECORDS_FAILED);
        authority.records = consoles.console();
        assertThat(authority.check(certificate)).isInstanceOf(Standing.Good.class);
    }

    @OnBothDatabases
    void theCodeIsNotInTheRecords(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        String code = new String(bench.code(authority), StandardCharsets.US_ASCII);

        Register.Invitation kept = authority
                .records()
                .read(c -> new Register(c).invitation(Bench.GATEWAY))
                .orElseThrow();

        assertThat(kept.codeSha256()).isEqualTo(Sha256.hex(code.getBytes(StandardCharsets.US_ASCII)));
        assertThat(kept.toString()).doesNotContain(code);
    }

    private static AuthorityCode refusal(Standing standing) {
        return ((Standing.Refused) standing).code();
    }

    private interface Doing {
        void run() throws EnrolRefused, AuthorityException;
    }

    private static AuthorityCode codeOf(Doing doing) {
        return catchThrowableOfType(EnrolRefused.class, doing::run).code();
    }

    private static AuthorityCode failure(Doing doing) {
        return catchThrowableOfType(AuthorityException.class, doing::run).code();
    }
}
