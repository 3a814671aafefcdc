package io.sekimori.identity.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.identity.Enrolled;
import io.sekimori.identity.IdentityCode;
import io.sekimori.identity.IdentityException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The disk damages what a gateway keeps of revoked issuing CAs, or the power is cut between the two copies. */
class DamagedIssuersTest {

    private static final String ACTOR = "io.sekimori.identity.device";
    private static final String FIRST = "issuers.json";
    private static final String SECOND = "issuers-2.json";

    @TempDir
    private Path folder;

    private final TestCa former = new TestCa();
    private final TestCa next = former.next();
    private final TestCa third = next.next();
    private Lab lab;

    /** What can become of a file. */
    enum Damage {
        EMPTY,
        TRUNCATED,
        GARBAGE,
        MISSING;

        void to(Path file) throws IOException {
            byte[] whole = Files.readAllBytes(file);
            switch (this) {
                case EMPTY -> Files.write(file, new byte[0]);
                case TRUNCATED -> Files.write(file, Arrays.copyOf(whole, whole.length / 2));
                case GARBAGE -> Files.write(file, "\0\0{not what it was".getBytes(StandardCharsets.UTF_8));
                case MISSING -> Files.delete(file);
            }
        }
    }

    @BeforeEach
    void keepAListTwice() throws Exception {
        lab = new Lab(folder);
        Files.createDirectories(lab.data());
        hear(former.revoking(7, former.issuing), next, who(former));
        assertThat(known().mend(who(former))).isEmpty();
    }

    @AfterEach
    void close() throws InterruptedException {
        lab.close();
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void theSecondCountsForADamagedFirstAndMendsItOnce(Damage damage) throws Exception {
        damage.to(file(FIRST));

        assertNobodyComesBack(former);
        assertThat(known().mend(who(former))).containsExactly(FIRST);

        assertMended();
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void theFirstCountsForADamagedSecondAndMendsItOnce(Damage damage) throws Exception {
        damage.to(file(SECOND));

        assertNobodyComesBack(former);
        // A gateway of before this has none yet, which is no damage.
        assertThat(known().mend(who(former))).isEqualTo(damage == Damage.MISSING ? List.of() : List.of(SECOND));

        assertMended();
    }

    @ParameterizedTest
    @ValueSource(strings = {FIRST, SECOND})
    void whicheverBitIsAnotherNobodyComesBack(String name) throws Exception {
        byte[] whole = Files.readAllBytes(file(name));

        for (int i = 0; i < whole.length; i += 17) {
            byte[] rotten = whole.clone();
            rotten[i] ^= (byte) (1 << i % 8);
            Files.write(file(name), rotten);
            assertNobodyComesBack(former);
        }
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void whereBothAreDamagedEverybodyIsRefusedUntilItIsEnrolledAnew(Damage damage) throws Exception {
        damage.to(file(SECOND));
        Files.write(file(FIRST), new byte[] {'{'});

        assertUnreadable();

        assertThatThrownBy(() -> known().mend(who(former))).isInstanceOf(IdentityException.class);
        known().dropUnreadable();
        assertThat(known().anchors(who(former))).containsExactly(former.root);
    }

    @Test
    void afterAPowerCutBetweenTheTwoTheNewerCountsAndBothSaySoAgain() throws Exception {
        hear(former.revoking(8, former.issuing, next.issuing), third, who(former)); // and here the power went

        assertNobodyComesBack(former, next);
        assertThat(known().mend(who(former))).isEmpty();

        for (String each : List.of(FIRST, SECOND)) {
            Damage.TRUNCATED.to(file(each));
            assertNobodyComesBack(former, next);
            assertThat(known().mend(who(former))).containsExactly(each);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {FIRST, SECOND})
    void anOlderCopyTakesNothingBackWhicheverItIs(String name) throws Exception {
        byte[] older = Files.readAllBytes(file(name));
        hear(former.revoking(8, former.issuing, next.issuing), third, who(former));
        known().mend(who(former));
        Files.write(file(name), older);

        assertNobodyComesBack(former, next);
        known().mend(who(former));

        assertNobodyComesBack(former, next);
        assertMended();
    }

    @Test
    void whatARunningGatewayHasReadIsNotTakenBackByAnyDamage() throws Exception {
        KnownIssuers running = known();
        hear(
                former.revoking(8, former.issuing, next.issuing),
                third,
                who(former)); // and the second could not be written
        assertThat(running.refuses(List.of(next.issuing), who(former))).isTrue();

        for (String each : List.of(FIRST, SECOND)) {
            Damage.TRUNCATED.to(file(each));
            assertThat(running.refuses(List.of(next.issuing), who(former))).isTrue();
        }
        assertThat(running.mend(who(former))).containsExactly(FIRST, SECOND);

        assertNobodyComesBack(former, next);
        assertMended();
    }

    @ParameterizedTest
    @ValueSource(strings = {FIRST, SECOND})
    void ofListsThatRevokeTheSameTheNewerCounts(String name) throws Exception {
        byte[] older = Files.readAllBytes(file(name));
        hear(former.revoking(8, former.issuing), third, who(former));
        known().mend(who(former));
        Files.write(file(name), older);

        assertThat(known().anchors(who(former))).containsExactly(third.issuing);
    }

    @Test
    void ofListsWithOneNumberTheOneThatRevokesMoreCounts() throws Exception {
        byte[] less = Files.readAllBytes(file(FIRST));
        hear(former.revoking(7, former.issuing, next.issuing), third, who(former));
        byte[] more = Files.readAllBytes(file(FIRST));

        for (List<byte[]> each : List.of(List.of(less, more), List.of(more, less))) {
            Files.write(file(FIRST), each.get(0));
            Files.write(file(SECOND), each.get(1));
            assertNobodyComesBack(former, next);
        }
    }

    @Test
    void afterAPowerCutTheListOfAnotherRootWithALargerNumberSaysNothingOfThisOne() throws Exception {
        TestCa other = new TestCa();
        hear(other.revoking(1, other.issuing), other.next(), who(other)); // and here the power went

        for (TestCa each : List.of(other, former)) {
            assertThat(known().refuses(List.of(each.issuing), who(each))).isTrue();
        }
        known().mend(who(other));

        assertThat(known().refuses(List.of(other.issuing), who(other))).isTrue();
        assertMended();
    }

    @Test
    void enrolledElsewhereItNeedsNoListAndStillMends() throws Exception {
        TestCa other = new TestCa();
        Damage.GARBAGE.to(file(FIRST));

        assertThat(known().anchors(who(other))).containsExactly(other.root);
        assertThat(known().mend(who(other))).containsExactly(FIRST);

        assertNobodyComesBack(former);
        assertMended();
    }

    @Test
    void whatCannotBeMendedNowLeavesTheOtherAsItIs() throws Exception {
        byte[] whole = Files.readAllBytes(file(FIRST));
        Files.delete(file(SECOND));
        Files.createDirectories(file(SECOND).resolve("in the way"));

        assertNobodyComesBack(former);
        assertThatThrownBy(() -> known().mend(who(former))).isInstanceOf(IOException.class);

        assertThat(Files.readAllBytes(file(FIRST))).isEqualTo(whole);
        assertNobodyComesBack(former);
    }

    @Test
    void aRunningGatewayMendsByItselfAndTheAuditHasItOnce() throws Exception {
        try (TestConsole console = new TestConsole(next)) {
            lab.enrolled(console, next.gateway(lab.device.getPublic(), "CN=" + Lab.GATEWAY + ", OU=gateway"));
            DeviceIdentity identity = lab.identity();
            KnownIssuers running = known();
            assertThat(running.refuses(List.of(former.issuing), who(former))).isTrue();

            Damage.TRUNCATED.to(file(SECOND));
            attempt(identity);
            attempt(identity);
            assertThat(lab.audited).containsExactly("identity.issuers.mend DONE  by " + ACTOR);

            lab.audits = false;
            Damage.GARBAGE.to(file(FIRST));
            attempt(identity);
            assertThat(running.refuses(List.of(former.issuing), who(former))).isTrue();
            assertMended();
            identity.end();
        }
    }

    @Test
    void aCopyThatCannotBeWrittenKeepsNobodyFromNews() throws Exception {
        try (TestConsole console = new TestConsole(third)) {
            lab.enrolled(console, third.gateway(lab.device.getPublic(), "CN=" + Lab.GATEWAY + ", OU=gateway"));
            console.revoked = List.of(former.revoking(8, former.issuing, next.issuing));
            DeviceIdentity identity = lab.identity();
            Files.delete(file(SECOND));
            Files.createDirectories(file(SECOND).resolve("in the way"));

            attempt(identity);

            assertNobodyComesBack(former, next);
            identity.end();
        }
    }

    private void attempt(DeviceIdentity identity) {
        assertThat(new Renewing(
                                new IdentityFolder(lab.data()),
                                identity,
                                () -> Lab.RENEWAL,
                                Clock.systemUTC(),
                                Lab.silent())
                        .attempt(ACTOR))
                .isEmpty();
    }

    private void hear(X509CRL list, TestCa good, Enrolled who) throws Exception {
        KnownIssuers known = known();
        List<X509Certificate> sent = List.of(good.issuing, good.root);
        RootList news = known.news(sent, List.of(list), who, Instant.now())
                .orElseGet(() -> RootList.newest(List.of(list), good.root).orElseThrow());
        known.take(news, sent, who, Instant.now());
    }

    private void assertNobodyComesBack(TestCa... revoked) throws IdentityException {
        for (TestCa each : revoked) {
            assertThat(known().refuses(List.of(each.issuing), who(former))).isTrue();
            assertThat(known().anchors(who(former))).isNotEmpty().doesNotContain(each.issuing, former.root);
        }
    }

    private void assertMended() throws IOException, IdentityException {
        assertThat(Files.readAllBytes(file(FIRST))).isEqualTo(Files.readAllBytes(file(SECOND)));
        assertThat(known().mend(who(former))).isEmpty();
    }

    private void assertUnreadable() {
        assertThatThrownBy(() -> known().anchors(who(former)))
                .isInstanceOfSatisfying(
                        IdentityException.class,
                        refused -> assertThat(refused.code()).isEqualTo(IdentityCode.IDENTITY_UNREADABLE));
    }

    /** As after a restart: with nothing in memory. */
    private KnownIssuers known() {
        return new KnownIssuers(lab.data());
    }

    private Path file(String name) {
        return lab.data().resolve(name);
    }

    private Enrolled who(TestCa ca) {
        return new Enrolled(
                Lab.GATEWAY,
                "sekimori",
                List.of(ca.issuing),
                List.of(ca.root),
                URI.create("https://localhost:8443"),
                URI.create("ssl://localhost:8883"));
    }
}
