package io.sekimori.identity.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.durable.VersionLock;
import io.sekimori.identity.EnrolAnswer;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.IdentityCode;
import io.sekimori.identity.IdentityException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console's issuing key was stolen and replaced; a thief still answers with what he makes of the former. */
class IssuerNewsTest {

    private static final String SUBJECT = "CN=" + Lab.GATEWAY + ", OU=gateway";
    private static final String ACTOR = "io.sekimori.identity.device";

    @TempDir
    private Path folder;

    private final TestCa former = new TestCa();
    private final TestCa next = former.next();
    private final TestConsole console = new TestConsole(next);
    private final TestConsole thief = new TestConsole(former);
    private Lab lab;
    private X509Certificate old;

    @BeforeEach
    void makeUnitOfTheFormerIssuingCa() throws IOException {
        lab = new Lab(folder);
        old = former.gateway(lab.device.getPublic(), SUBJECT);
        lab.enrolled(console, old, former.issuing);
        console.revoked = List.of(former.revoking(7, former.issuing));
    }

    @AfterEach
    void close() throws InterruptedException {
        console.close();
        thief.close();
        lab.close();
    }

    @Test
    void whatTheRootRevokedIsRefusedAndTheCertificateRenewedLongBeforeItIsTime() throws Exception {
        List<Enrolled> told = new CopyOnWriteArrayList<>();
        DeviceIdentity identity = lab.identity();
        identity.listeners = List.of(told::add);
        assertThat(answers(identity, thief)).isTrue();

        assertThat(attempt(identity)).isTrue();

        own(identity).verify(next.issuing.getPublicKey());
        assertThat(console.renewedWith).containsExactly(old);
        assertThat(answers(identity, thief)).isFalse();
        assertThat(answers(identity, console)).isTrue();
        assertThat(told).hasSize(2);
        assertThat(lab.audited).contains("identity.issuers ALLOWED  by " + ACTOR, "identity.issuers DONE  by " + ACTOR);
        identity.end();
    }

    @Test
    void onceHeardItIsKnownAfterAPowerCutAndTheRenewalGoesOn() throws Exception {
        console.enrolment = key -> TestConsole.refusal(503, "AWAY");
        DeviceIdentity before = lab.identity();
        assertThat(attempt(before)).isFalse();
        assertThat(answers(before, thief)).isFalse();
        before.end();

        // The process ends here; another one begins, and the thief stands in the way of the news.
        console.revoked = List.of();
        console.enrolment = key -> TestConsole.certificate(next.gateway(key, SUBJECT));
        DeviceIdentity after = lab.identity();
        assertThat(answers(after, thief)).isFalse();
        assertThat(attempt(after)).isTrue();

        own(after).verify(next.issuing.getPublicKey());
        after.end();
    }

    @Test
    void whatTheRootDidNotSignIsPassedOver() throws Exception {
        DeviceIdentity identity = lab.identity();

        for (List<X509CRL> each : List.of(
                List.<X509CRL>of(),
                List.of(TestCa.list(former.issuingKey, 9, former.issuing)),
                List.of(TestCa.list(TestCa.pair(), 9, former.issuing)),
                List.of(former.revoking(9)),
                List.of(former.revoking(9, former.issuing, next.issuing)))) {
            console.revoked = each;
            attempt(identity);
            assertThat(issuers()).doesNotExist();
        }
        assertThat(console.renewedWith).isEmpty();
        assertThat(lab.audited).isEmpty();
    }

    @Test
    void anOlderListAndOneThatForgetsTakeNothingBack() throws Exception {
        DeviceIdentity identity = lab.identity();
        assertThat(attempt(identity)).isTrue();
        byte[] known = Files.readAllBytes(issuers());
        TestCa third = next.next();

        for (X509CRL each : List.of(
                former.revoking(6, former.issuing, third.issuing),
                former.revoking(8, third.issuing),
                former.revoking(8))) {
            console.revoked = List.of(each);
            attempt(identity);
            assertThat(Files.readAllBytes(issuers())).isEqualTo(known);
        }
        identity.end();
    }

    @Test
    void aThiefWhoTellsTheTruthChangesNothingForHimself() throws Exception {
        lab.enrolled(thief, old, former.issuing);
        DeviceIdentity identity = lab.identity();
        thief.revoked = console.revoked;

        // Of the issuing CAs that he sends none would be left.
        attempt(identity);
        assertThat(issuers()).doesNotExist();

        thief.caCertificates = List.of(next.issuing, former.issuing, former.root);
        attempt(identity);
        assertThat(answers(identity, thief)).isFalse();
        assertThat(attempt(identity)).isFalse();
        assertThat(answers(identity, console)).isTrue();
        assertThat(own(identity)).isEqualTo(old);
        identity.end();
    }

    @Test
    void aConsoleThatRenewsWithTheRevokedKeyIsNotFollowed() throws Exception {
        console.enrolment = key -> TestConsole.certificate(former.gateway(key, SUBJECT));
        console.caCertificates = List.of(next.issuing, former.issuing, former.root);
        DeviceIdentity identity = lab.identity();

        assertThat(attempt(identity)).isFalse();

        assertThat(own(identity)).isEqualTo(old);
        assertThat(lab.audited).contains("identity.renew REFUSED CERTIFICATE_FOREIGN by " + ACTOR);
    }

    @Test
    void withoutAnAuditNothingIsTakenAndARestartWithADamagedMemoryRefusesEverybody() throws Exception {
        lab.audits = false;
        DeviceIdentity identity = lab.identity();
        assertThat(attempt(identity)).isFalse();
        assertThat(issuers()).doesNotExist();

        lab.audits = true;
        assertThat(attempt(identity)).isTrue();
        identity.end();
        // A look that the ended one is still about would mend it by what it has read.
        VersionLock lock = VersionLock.take(lab.data().resolve("lock"), Duration.ofSeconds(60))
                .orElseThrow();
        try {
            damageBoth();

            DeviceIdentity restarted = lab.identity();
            assertThatThrownBy(restarted::tls)
                    .isInstanceOfSatisfying(
                            IdentityException.class,
                            refused -> assertThat(refused.code()).isEqualTo(IdentityCode.IDENTITY_UNREADABLE));
            restarted.end();
        } finally {
            lock.release();
        }
    }

    @Test
    void whatWasHeardOfOneRootSaysNothingOfAnother() throws Exception {
        DeviceIdentity identity = lab.identity();
        assertThat(attempt(identity)).isTrue();
        try (TestConsole other = new TestConsole(new TestCa())) {
            lab.enrolled(other, other.ca.gateway(lab.device.getPublic(), SUBJECT));

            assertThat(answers(identity, other)).isTrue();
            assertThat(answers(identity, console)).isFalse();
        }
        identity.end();
    }

    @Test
    void aThiefIsNeitherAskedForTheTimeNorEnrolledAt() throws Exception {
        DeviceIdentity identity = lab.identity();
        assertThat(attempt(identity)).isTrue();
        identity.end();

        assertThat(lab.refusal(lab.activation(thief))).isEqualTo(IdentityCode.CONSOLE_NOT_PROVEN);
        assertThat(thief.authorizations).isEmpty();
    }

    @Test
    void whoEnrolsAnewPutsADamagedMemoryRight() throws Exception {
        DeviceIdentity identity = lab.identity();
        assertThat(attempt(identity)).isTrue();
        identity.end();
        damageBoth();

        assertThat(lab.enrol(lab.activation(console))).isInstanceOf(EnrolAnswer.Done.class);

        DeviceIdentity after = lab.identity();
        assertThat(after.tls()).isPresent();
        assertThat(attempt(after)).isTrue();
        assertThat(answers(after, thief)).isFalse();
        after.end();
    }

    @Test
    void whoAnswersOverAnotherIssuingCaHintsThatItWasReplaced() throws Exception {
        DeviceIdentity identity = lab.identity();
        Enrolled who = identity.enrolled().orElseThrow();
        assertThat(answers(identity, thief)).isTrue();
        assertThat(Peers.overAnother(identity.tls().orElseThrow(), who, who.anchors()))
                .isFalse();

        assertThat(answers(identity, console)).isTrue();

        assertThat(Peers.overAnother(identity.tls().orElseThrow(), who, who.anchors()))
                .isTrue();
        assertThat(Peers.overAnother(identity.tls().orElseThrow(), who, List.of(next.issuing)))
                .isFalse();
    }

    @Test
    void itIsAskedOnceAnHourAndSoonAfterAHint() throws Exception {
        DeviceIdentity identity = lab.identity();
        Enrolled who = identity.enrolled().orElseThrow();
        AtomicLong nanos = new AtomicLong();
        IssuerNews news = new IssuerNews(
                new IdentityFolder(lab.data()).issuers(), identity, Clock.systemUTC(), nanos::get, Lab.silent());

        assertThat(news.ask(who, false)).isPresent();
        assertThat(news.ask(who, false)).isEmpty();
        assertThat(news.ask(who, true)).isPresent();
        assertThat(news.hint()).isFalse();
        nanos.addAndGet(Duration.ofMinutes(5).toNanos());
        assertThat(news.ask(who, false)).isEmpty();
        assertThat(news.hint()).isTrue();
        assertThat(news.ask(who, false)).isPresent();
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(news.ask(who, false)).isPresent();
    }

    /** Whether it got through to what is to be done. */
    private boolean attempt(DeviceIdentity identity) {
        return new Renewing(
                        new IdentityFolder(lab.data()), identity, () -> Lab.RENEWAL, Clock.systemUTC(), Lab.silent())
                .attempt(ACTOR)
                .isEmpty();
    }

    /** Whether this gateway takes what answers there for its console or broker. */
    private static boolean answers(DeviceIdentity identity, TestConsole server)
            throws IOException, InterruptedException, IdentityException {
        URI cacerts = server.address().resolve("/.well-known/est/cacerts");
        try {
            return HttpClient.newBuilder()
                            .sslContext(identity.tls().orElseThrow())
                            .build()
                            .send(HttpRequest.newBuilder(cacerts).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (SSLException e) {
            return false;
        }
    }

    private void damageBoth() throws IOException {
        for (Path each : List.of(issuers(), lab.data().resolve("issuers-2.json"))) {
            assertThat(each).exists();
            Files.write(each, new byte[] {'{'});
        }
    }

    private Path issuers() {
        return lab.data().resolve("issuers.json");
    }

    private static X509Certificate own(DeviceIdentity identity) {
        return identity.enrolled().orElseThrow().chain().get(0);
    }
}
