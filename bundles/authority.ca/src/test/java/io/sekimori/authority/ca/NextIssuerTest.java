package io.sekimori.authority.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sekimori.authority.AuthorityCode;
import io.sekimori.authority.AuthorityException;
import io.sekimori.authority.Standing;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The issuing key was stolen: another one takes its place, and the thief has a go at each step. */
class NextIssuerTest {

    private static final String ACTOR = "local:test";

    private final KeyPair key = Bench.pair();

    @OnBothDatabases
    void whatTheFormerGaveOutCountsByTheRecordsAndAThiefsDoesNot(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        X509Certificate old = Bench.enrol(authority, bench.code(authority), key);
        authority.check(old);
        Issuer thief = Issuer.of(authority.ca().issuing(), bench.keys.signing(NewAuthority.ISSUING_KEY), bench.clock());

        Issuers next = replaced(bench, authority, Optional.empty());

        X509Certificate forged = thief.issue(
                Profile.subject(Bench.GATEWAY, "gateway"), key.getPublic(), Duration.ofDays(9), Profile.CLIENT);
        assertThat(code(authority.check(forged))).isEqualTo(AuthorityCode.CERTIFICATE_UNKNOWN);
        assertThat(authority.check(old)).isInstanceOf(Standing.Good.class);
        assertThat(bench.console().check(old)).isInstanceOf(Standing.Good.class);
        X509Certificate renewed = renewed(authority, old);
        renewed.verify(next.issuing().getPublicKey());
        assertThat(authority.check(renewed)).isInstanceOf(Standing.Good.class);
        assertThat(catchThrowableOfType(EnrolRefused.class, () -> renewed(authority, forged))
                        .code())
                .isEqualTo(AuthorityCode.CERTIFICATE_UNKNOWN);
        authority.server();
        assertThat(bench.keys.chains.get("console-server")).contains(next.issuing(), next.root());
        assertThat(authority.anchors()).containsExactly(bench.root);
        assertThat(authority.next().facts().formerCertificates()).isEqualTo(1);
    }

    @OnBothDatabases
    void aServersCertificateOfTheFormerIsNotShownAnyMore(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        authority.server();
        authority.client(1);

        Issuers next = replaced(bench, authority, Optional.empty());
        authority.server();
        authority.client(1);

        for (String name : List.of("console-server", "console-1")) {
            bench.keys.chains.get(name).get(0).verify(next.issuing().getPublicKey());
        }
        assertThat(bench.keys.pairs).doesNotContainKey(NewAuthority.ISSUING_KEY).containsKey("issuing-ca-2");
        assertThat(bench.audited)
                .contains(
                        ACTOR + " authority.issuing.request DONE ",
                        ACTOR + " authority.issuing.import ALLOWED ",
                        ACTOR + " authority.issuing.import DONE ");
    }

    @OnBothDatabases
    void whatTheRootDidNotSignOrForgetsARevocationIsRefused(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        Issuers first = authority.ca().issuers();
        byte[] request = authority.next().request(ACTOR);
        byte[] foreign = foreign(request, bench);
        byte[] signed = IssuingRequest.parse(request).sign(bench.rootKey, Optional.empty(), bench.clock());
        Issuers good = Issuers.parse(signed);

        assertThat(refusal(authority, foreign)).isEqualTo(AuthorityCode.ISSUER_FOREIGN);
        assertThat(refusal(authority, new byte[] {'x'})).isEqualTo(AuthorityCode.ISSUER_FOREIGN);
        byte[] withoutList = new Issuers(good.issuing(), good.root(), good.former(), Optional.empty()).bytes();
        assertThat(refusal(authority, withoutList)).isEqualTo(AuthorityCode.ISSUER_FOREIGN);
        byte[] forgetful = new Issuers(good.issuing(), good.root(), List.of(), good.revoked()).bytes();
        assertThat(refusal(authority, forgetful)).isEqualTo(AuthorityCode.ISSUER_FOREIGN);
        assertThat(authority.ca().issuers()).isEqualTo(first);

        authority.next().take(signed, ACTOR);
        assertThat(refusal(authority, first.bytes())).isEqualTo(AuthorityCode.ISSUER_FOREIGN);
        assertThat(authority.next().take(signed, ACTOR)).isEqualTo(good);
        assertThat(bench.audited).contains(ACTOR + " authority.issuing.import REFUSED ISSUER_FOREIGN");
    }

    @OnBothDatabases
    void whoKeepsTheRootForgetsNothingAndSignsNoStolenKey(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        byte[] before = authority.ca().issuers().bytes();
        byte[] request = authority.next().request(ACTOR);
        byte[] first = IssuingRequest.parse(request).sign(bench.rootKey, Optional.empty(), bench.clock());

        assertThat(IssuingRequest.parse(request).sign(bench.rootKey, Optional.of(first), bench.clock()))
                .isEqualTo(first);
        // A thief in the console asks as if nothing had been revoked, and for the key that he has.
        byte[] stolen = IssuingRequest.of(bench.keys.signing(NewAuthority.ISSUING_KEY), Issuers.parse(before));
        assertThat(keeper(bench, stolen, Optional.of(first))).isEqualTo(AuthorityCode.ISSUER_REQUEST);
        byte[] other = IssuingRequest.of(new MemoryKeys().signing("other"), Issuers.parse(before));
        Issuers second =
                Issuers.parse(IssuingRequest.parse(other).sign(bench.rootKey, Optional.of(first), bench.clock()));
        assertThat(second.former())
                .contains(Issuers.parse(before).issuing(), Issuers.parse(first).issuing());
        assertThat(second.number()).isGreaterThan(Issuers.parse(first).number());
        assertThat(catchThrowableOfType(AuthorityException.class, () -> IssuingRequest.parse(before))
                        .code())
                .isEqualTo(AuthorityCode.ISSUER_REQUEST);
        assertThat(catchThrowableOfType(
                                AuthorityException.class,
                                () -> IssuingRequest.parse(request)
                                        .sign(new MemoryKeys().signing("root"), Optional.empty(), bench.clock()))
                        .code())
                .isEqualTo(AuthorityCode.ISSUER_REQUEST);
    }

    @OnBothDatabases
    void aKeyOfAnotherConsoleIsRefusedAndAskingAgainMakesNoSecond(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        String asked = IssuingRequest.parse(authority.next().request(ACTOR)).fingerprint();
        // The reply was lost.
        byte[] request = bench.console().next().request(ACTOR);
        assertThat(IssuingRequest.parse(request).fingerprint()).isEqualTo(asked);
        byte[] signed = IssuingRequest.parse(request).sign(bench.rootKey, Optional.empty(), bench.clock());
        KeyPair pair = bench.keys.pairs.remove("issuing-ca-2");

        assertThat(refusal(authority, signed)).isEqualTo(AuthorityCode.ISSUER_KEY_UNKNOWN);

        bench.keys.pairs.put("issuing-ca-2", pair);
        bench.audits = false;
        assertThat(refusal(authority, signed)).isEqualTo(AuthorityCode.AUTHORITY_AUDIT_REFUSED);
        assertThat(bench.keys.pairs).containsKey(NewAuthority.ISSUING_KEY);
        bench.audits = true;
        authority.next().take(signed, ACTOR);
    }

    @OnBothDatabases
    void aPowerCutBeforeTheOldKeyIsDestroyedIsMendedByImportingAgain(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        byte[] request = authority.next().request(ACTOR);
        byte[] signed = IssuingRequest.parse(request).sign(bench.rootKey, Optional.empty(), bench.clock());
        bench.folder().replace(Issuers.parse(signed)); // and here the power went

        CaAuthority next = bench.console();
        assertThat(next.ca().issuing()).isEqualTo(Issuers.parse(signed).issuing());
        assertThat(bench.keys.pairs).containsKey(NewAuthority.ISSUING_KEY);
        next.next().take(signed, ACTOR);
        assertThat(bench.keys.pairs).doesNotContainKey(NewAuthority.ISSUING_KEY);
    }

    @OnBothDatabases
    void aReplyLostBeforeTheReplacementIsMadeUpForByTheNextKey(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        byte[] code = bench.code(authority);
        X509Certificate lost = Bench.enrol(authority, code, key);
        Issuers next = replaced(bench, authority, Optional.empty());

        X509Certificate made = Bench.enrol(authority, code, key);

        made.verify(next.issuing().getPublicKey());
        assertThat(Bench.enrol(authority, code, key)).isEqualTo(made).isNotEqualTo(lost);
        assertThat(catchThrowableOfType(EnrolRefused.class, () -> Bench.enrol(authority, code, Bench.pair()))
                        .code())
                .isEqualTo(AuthorityCode.CODE_USED);
    }

    @OnBothDatabases
    void theBrokerIsToldWhomToKnowAndWhoIsRevokedIsNotAmongThem(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        X509Certificate old = Bench.enrol(authority, bench.code(authority), key);
        Path known = bench.folder().broker().resolve("known.txt");
        authority.begin();
        try {
            Issuers next = replaced(bench, authority, Optional.empty());
            await(() -> read(known).equals(Sha256.hex(encoded(old)) + "\n"));
            await(() -> isOf(bench.folder().broker().resolve("chain.pem"), next));
            renewed(authority, old);

            authority.revoke(Bench.GATEWAY, "lost", "person:alice");

            await(() -> read(known).isEmpty());
        } finally {
            authority.end();
        }
    }

    /** The whole of it: the request, the root's keeper, the import. */
    static Issuers replaced(Bench bench, CaAuthority authority, Optional<byte[]> kept) throws Exception {
        byte[] request = authority.next().request(ACTOR);
        return authority.next().take(IssuingRequest.parse(request).sign(bench.rootKey, kept, bench.clock()), ACTOR);
    }

    private X509Certificate renewed(CaAuthority authority, X509Certificate shown) throws Exception {
        String subject = "OU=gateway, CN=" + Bench.GATEWAY;
        return Bench.certificate(authority
                .renew(shown, Requests.of(key, subject, key), "192.0.2.7")
                .der());
    }

    /** What a thief signs who made himself a root of the same name. */
    private static byte[] foreign(byte[] request, Bench bench) throws Exception {
        SigningKey own = new MemoryKeys().signing("root");
        X509Certificate root = new Issuer(Profile.subject("Sekimori console", "authority"), own, bench.clock())
                .issue(
                        Profile.subject("Sekimori console", "authority"),
                        own.publicKey(),
                        Duration.ofDays(99),
                        Profile.ROOT);
        X509Certificate issuing = Issuer.of(root, own, bench.clock())
                .issue(
                        NewAuthority.issuingName(
                                bench.keys.signing("issuing-ca-2").publicKey()),
                        bench.keys.signing("issuing-ca-2").publicKey(),
                        Duration.ofDays(9),
                        Profile.ISSUING);
        assertThat(IssuingRequest.parse(request).fingerprint())
                .isEqualTo(NextIssuer.fingerprint(issuing.getPublicKey()));
        Issuers foreign = new Issuers(issuing, root, List.of(), Optional.empty());
        assertThat(foreign.number()).isEqualTo(BigInteger.ZERO);
        return foreign.bytes();
    }

    private static AuthorityCode refusal(CaAuthority authority, byte[] text) {
        return catchThrowableOfType(
                        AuthorityException.class, () -> authority.next().take(text, ACTOR))
                .code();
    }

    private static AuthorityCode keeper(Bench bench, byte[] request, Optional<byte[]> kept) {
        return catchThrowableOfType(
                        AuthorityException.class,
                        () -> IssuingRequest.parse(request).sign(bench.rootKey, kept, bench.clock()))
                .code();
    }

    private static AuthorityCode code(Standing standing) {
        return ((Standing.Refused) standing).code();
    }

    private static boolean isOf(Path chain, Issuers issuers) {
        try {
            return Pem.read(chain).contains(issuers.issuing());
        } catch (IOException e) {
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.US_ASCII) : "none";
        } catch (IOException e) {
            return "none"; // it is just being replaced
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
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
