package io.sekimori.itests.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.authority.AuthorityCode;
import io.sekimori.authority.Standing;
import io.sekimori.control.ControlAnswer;
import io.sekimori.identity.EnrolAnswer;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.Identity;
import io.sekimori.identity.IdentityCode;
import io.sekimori.trust.Activation;
import io.sekimori.trust.MalformedJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our gateway at our console, over the real HTTPS server and the records on disk. */
class GatewayIT {

    @TempDir
    private static Path consoleFolder;

    private static TestConsole console;

    @TempDir
    private Path folder;

    private TestGateway gateway;

    @BeforeAll
    static void startConsole() throws Exception {
        console = new TestConsole(consoleFolder, TestGateway.rootSha256());
    }

    @AfterAll
    static void endConsole() throws Exception {
        console.close();
    }

    @BeforeEach
    void startGateway() throws Exception {
        gateway = new TestGateway(folder);
    }

    @AfterEach
    void endGateway() throws Exception {
        gateway.close();
    }

    @Test
    void aGatewayEnrolsAndIsKnownByItsCertificateUntilItIsRevoked() throws Exception {
        EnrolAnswer answer = gateway.enrol(console.activation("g-aaaaaaaaaaaa"));

        Enrolled enrolled = ((EnrolAnswer.Done) answer).enrolled();
        assertThat(enrolled.anchors()).containsExactly(console.root);
        SSLContext tls = gateway.identity().tls().orElseThrow();
        // It is let in, and what it asks for is no request.
        assertThat(renew(tls)).startsWith("400").contains("REQUEST_MALFORMED");
        assertThat(renew(SSLContext.getInstance("TLSv1.3"), console.root)).startsWith("403");

        console.authority().revoke("g-aaaaaaaaaaaa", "stolen", "person:alice");

        assertThat(renew(tls)).startsWith("403").contains("CERTIFICATE_REVOKED");
    }

    @Test
    void aCertificateIsRenewedAndProvedByTheConsole() throws Exception {
        gateway.enrol(console.activation("g-hhhhhhhhhhhh"));
        Identity identity = gateway.identity();
        X509Certificate first = identity.enrolled().orElseThrow().chain().get(0);

        assertThat(gateway.renew()).isInstanceOf(ControlAnswer.Done.class);

        X509Certificate next = identity.enrolled().orElseThrow().chain().get(0);
        assertThat(next.getPublicKey()).isEqualTo(first.getPublicKey());
        assertThat(next.getSerialNumber()).isNotEqualTo(first.getSerialNumber());
        assertThat(console.authority().check(next)).isInstanceOf(Standing.Good.class);

        console.authority().revoke("g-hhhhhhhhhhhh", "stolen", "person:alice");
        assertThat(((ControlAnswer.Refused) gateway.renew()).detail()).contains("CERTIFICATE_REVOKED");
        assertThat(identity.enrolled().orElseThrow().chain().get(0)).isEqualTo(next);
    }

    /** The road of a gateway that was off for too long: with what has ended over TLS to the console, and back with the next. */
    @Test
    void oneThatWasOffUntilItsCertificateEndedRenewsItByItself() throws Exception {
        gateway.enrol(console.activation("g-iiiiiiiiiiii"));
        X509Certificate certificate =
                gateway.identity().enrolled().orElseThrow().chain().get(0);
        gateway.close();
        console.close();
        X509Certificate ended = PastYear.since(certificate, console.unit, gateway.unit);
        console.start();
        assertThat(((Standing.Refused) console.authority().check(ended)).code())
                .isEqualTo(AuthorityCode.CERTIFICATE_EXPIRED);

        gateway.start();

        Identity identity = gateway.identity();
        await(() -> !identity.enrolled().orElseThrow().chain().get(0).equals(ended));
        X509Certificate next = identity.enrolled().orElseThrow().chain().get(0);
        next.checkValidity();
        assertThat(next.getPublicKey()).isEqualTo(ended.getPublicKey());
        assertThat(console.authority().check(next)).isInstanceOf(Standing.Good.class);
    }

    @Test
    void anActivationLaidOnTheUnitIsEnough() throws Exception {
        gateway.close();
        Path laidDown = folder.resolve("activation.json");
        Files.write(laidDown, console.activation("g-bbbbbbbbbbbb"));

        gateway.start();

        Identity identity = gateway.identity();
        await(() -> identity.enrolled().isPresent() && !Files.exists(laidDown));
        assertThat(identity.enrolled().orElseThrow().id()).isEqualTo("g-bbbbbbbbbbbb");
    }

    @Test
    void aReplyThatWasLostAndTwoPowerCutsLeaveOneCertificate() throws Exception {
        AtomicReference<String> recorded = new AtomicReference<>();
        try (CuttingProxy proxy = new CuttingProxy(console.port)) {
            console.listen(certificate -> {
                recorded.set(certificate.serialNumber());
                proxy.loseReplies();
            });
            byte[] activation = console.activation("g-cccccccccccc");

            EnrolAnswer.Refused lost = (EnrolAnswer.Refused) gateway.enrol(through(proxy.port(), activation));

            assertThat(lost.code()).isEqualTo(IdentityCode.CONSOLE_UNREACHABLE);
        }
        gateway.close();
        console.close();
        console.start();
        Path pending = gateway.unit.data("io.sekimori.identity.device").resolve("pending");
        assertThat(pending).exists();
        try (Activation kept = Activation.parse(Files.readAllBytes(pending))) {
            Files.write(pending, through(console.port, kept.bytes()));
        }

        gateway.start();

        Identity identity = gateway.identity();
        await(() -> identity.enrolled().isPresent() && !Files.exists(pending));
        X509Certificate own = identity.enrolled().orElseThrow().chain().get(0);
        assertThat(own.getSerialNumber().toString(16)).isEqualTo(recorded.get());
    }

    @Test
    void somebodyInBetweenHearsNothing() throws Exception {
        try (Impostor impostor = new Impostor()) {
            EnrolAnswer.Refused refused =
                    (EnrolAnswer.Refused) gateway.enrol(through(impostor.port(), console.activation("g-dddddddddddd")));

            assertThat(refused.code()).isEqualTo(IdentityCode.WRONG_PIN);
            assertThat(impostor.connections).hasPositiveValue();
            assertThat(impostor.heard).hasValue(0);
        }
    }

    @Test
    void aCodeThatAnotherGatewayUsedIsRefused() throws Exception {
        byte[] activation = console.activation("g-eeeeeeeeeeee");
        assertThat(gateway.enrol(activation)).isInstanceOf(EnrolAnswer.Done.class);
        try (TestGateway other = new TestGateway(folder.resolve("other"))) {
            EnrolAnswer.Refused refused = (EnrolAnswer.Refused) other.enrol(activation);

            assertThat(refused.code()).isEqualTo(IdentityCode.CODE_USED);
            assertThat(other.identity().enrolled()).isEmpty();
        }
    }

    @Test
    void aWrongCodeAndAnotherMakerAreRefused() throws Exception {
        byte[] first = console.activation("g-ffffffffffff");
        console.activation("g-ffffffffffff");
        assertThat(((EnrolAnswer.Refused) gateway.enrol(first)).code()).isEqualTo(IdentityCode.CODE_UNKNOWN);

        Files.write(gateway.unit.releaseAnchor(), new byte[] {1});
        assertThat(((EnrolAnswer.Refused) gateway.enrol(console.activation("g-ffffffffffff"))).code())
                .isEqualTo(IdentityCode.ROOT_DIFFERS);
    }

    /** The same activation with another port in the console's address. */
    private static byte[] through(int port, byte[] activation) throws MalformedJson {
        try (Activation parsed = Activation.parse(activation);
                Activation moved = new Activation(
                        new Activation.Place(
                                parsed.place().gatewayId(),
                                parsed.place().account(),
                                URI.create("https://localhost:" + port),
                                parsed.place().broker()),
                        parsed.pins(),
                        parsed.notAfter(),
                        parsed.code())) {
            return moved.bytes();
        }
    }

    private static String renew(SSLContext tls, X509Certificate... anchors) throws Exception {
        if (anchors.length > 0) {
            tls.init(null, Anchors.only(anchors), null);
        }
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + console.port + "/.well-known/est/simplereenroll"))
                .header("Content-Type", "application/pkcs10")
                .POST(HttpRequest.BodyPublishers.ofString("AAAA"))
                .build();
        HttpResponse<String> response = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("what was waited for did not happen");
            }
            Thread.onSpinWait();
        }
    }
}
