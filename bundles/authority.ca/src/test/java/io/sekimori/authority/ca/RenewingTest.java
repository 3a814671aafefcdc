package io.sekimori.authority.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sekimori.authority.AuthorityCode;
import io.sekimori.authority.AuthorityException;
import io.sekimori.authority.Standing;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;

/** Who gets the next certificate, and who does not, on both databases. */
class RenewingTest {

    private static final String SUBJECT = "OU=gateway, CN=" + Bench.GATEWAY;

    private final KeyPair key = Bench.pair();

    @OnBothDatabases
    void theKeyIsKeptAndTheOldCertificateCountsOn(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        X509Certificate old = enrolled(bench, authority);
        bench.ahead = Duration.ofDays(244);

        X509Certificate next = renew(authority, old, key);

        assertThat(next.getPublicKey()).isEqualTo(key.getPublic());
        assertThat(next.getSubjectX500Principal()).isEqualTo(old.getSubjectX500Principal());
        assertThat(next.getNotAfter()).isAfter(old.getNotAfter());
        assertThat(authority.check(old)).isInstanceOf(Standing.Good.class);
        assertThat(authority.check(next)).isInstanceOf(Standing.Good.class);
        assertThat(bench.audited)
                .contains(
                        "gateway:" + Bench.GATEWAY + " authority.renew ALLOWED ",
                        "gateway:" + Bench.GATEWAY + " authority.renew DONE ");
    }

    @OnBothDatabases
    void aLostReplyIsGivenAgainUntilTheNewOneIsSeenInUse(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        X509Certificate old = enrolled(bench, authority);

        X509Certificate first = renew(authority, old, key);
        X509Certificate again = renew(bench.console(), old, key);
        authority.check(first);
        bench.ahead = Duration.ofDays(1);
        X509Certificate third = renew(authority, first, key);

        assertThat(again).isEqualTo(first).isNotEqualTo(old);
        assertThat(third).isNotEqualTo(first);
    }

    @OnBothDatabases
    void oneThatHasEndedIsRenewedAndARevokedOneIsNot(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        X509Certificate old = enrolled(bench, authority);
        bench.ahead = Duration.ofDays(400);

        assertThat(((Standing.Refused) authority.check(old)).code()).isEqualTo(AuthorityCode.CERTIFICATE_EXPIRED);
        X509Certificate next = renew(authority, old, key);
        assertThat(authority.check(next)).isInstanceOf(Standing.Good.class);

        authority.revoke(Bench.GATEWAY, "lost", "person:alice");

        assertThat(refusal(authority, old, key, SUBJECT)).isEqualTo(AuthorityCode.CERTIFICATE_REVOKED);
        assertThat(refusal(authority, next, key, SUBJECT)).isEqualTo(AuthorityCode.CERTIFICATE_REVOKED);
        assertThat(bench.audited).contains("gateway:" + Bench.GATEWAY + " authority.renew REFUSED CERTIFICATE_REVOKED");
    }

    @OnBothDatabases
    void howLongOneCountsIsSetAndNoneOutlivesItsIssuer(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        X509Certificate week = enrolled(bench, bench.console(7));
        assertThat(lifetime(bench, week)).isEqualTo(Duration.ofDays(7));

        bench.ahead = Duration.ofDays(5);
        CaAuthority authority = bench.console(1_826);
        X509Certificate years = renew(authority, week, key);
        assertThat(lifetime(bench, years)).isEqualTo(Duration.ofDays(1_826));

        authority.check(years);
        bench.ahead = Duration.ofDays(9 * 365);
        X509Certificate last = renew(authority, years, key);
        assertThat(last.getNotAfter()).isEqualTo(authority.ca().issuing().getNotAfter());
    }

    @OnBothDatabases
    void anotherKeyOrNameAndStrangersAreRefused(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        X509Certificate old = enrolled(bench, authority);

        assertThat(refusal(authority, old, Bench.pair(), SUBJECT)).isEqualTo(AuthorityCode.RENEWAL_DIFFERS);
        assertThat(refusal(authority, old, key, "OU=gateway, CN=g-zzzzzzzzzzzz"))
                .isEqualTo(AuthorityCode.RENEWAL_DIFFERS);
        assertThat(refusal(authority, old, key, "OU=console, CN=" + Bench.GATEWAY))
                .isEqualTo(AuthorityCode.RENEWAL_DIFFERS);

        X509Certificate unknown = authority
                .ca()
                .issuer()
                .issue(Profile.subject(Bench.GATEWAY, "gateway"), key.getPublic(), Duration.ofDays(9), Profile.CLIENT);

        assertThat(refusal(authority, unknown, key, SUBJECT)).isEqualTo(AuthorityCode.CERTIFICATE_UNKNOWN);
        assertThat(refusal(authority, bench.root, key, SUBJECT)).isEqualTo(AuthorityCode.CERTIFICATE_FOREIGN);
        bench.ahead = Duration.ofDays(-3);
        X509Certificate early = enrolled(bench, authority);
        bench.ahead = Duration.ofDays(-9);
        assertThat(refusal(authority, early, key, SUBJECT)).isEqualTo(AuthorityCode.CERTIFICATE_EXPIRED);
    }

    @OnBothDatabases
    void whoForgetsItsCertificatesIsStopped(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        X509Certificate current = enrolled(bench, authority);
        for (int i = 0; i < 9; i++) {
            bench.ahead = bench.ahead.plusSeconds(2);
            current = renew(authority, current, key);
            authority.check(current);
        }

        assertThat(refusal(authority, current, key, SUBJECT)).isEqualTo(AuthorityCode.RENEWED_TOO_OFTEN);
        bench.ahead = Duration.ofDays(2);
        assertThat(renew(authority, current, key)).isNotNull();
    }

    @OnBothDatabases
    void withoutAnAuditNothingIsRenewed(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        X509Certificate old = enrolled(bench, authority);
        bench.audits = false;

        assertThat(catchThrowableOfType(AuthorityException.class, () -> renew(authority, old, key))
                        .code())
                .isEqualTo(AuthorityCode.AUTHORITY_AUDIT_REFUSED);
    }

    /** From now on, to the day. */
    private static Duration lifetime(Bench bench, X509Certificate certificate) {
        Duration left = Duration.between(
                bench.clock().instant(), certificate.getNotAfter().toInstant());
        return Duration.ofDays(left.plusHours(12).toDays());
    }

    private X509Certificate enrolled(Bench bench, CaAuthority authority) throws Exception {
        X509Certificate made = Bench.enrol(authority, bench.code(authority), key);
        authority.check(made);
        return made;
    }

    private static X509Certificate renew(CaAuthority authority, X509Certificate shown, KeyPair key) throws Exception {
        return Bench.certificate(authority
                .renew(shown, Requests.of(key, SUBJECT, key), "192.0.2.7")
                .der());
    }

    private static AuthorityCode refusal(CaAuthority authority, X509Certificate shown, KeyPair wanted, String subject) {
        return catchThrowableOfType(
                        EnrolRefused.class,
                        () -> authority.renew(shown, Requests.of(wanted, subject, wanted), "192.0.2.7"))
                .code();
    }
}
