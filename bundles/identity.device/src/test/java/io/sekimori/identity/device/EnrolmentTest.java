package io.sekimori.identity.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sekimori.identity.EnrolAnswer;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.IdentityCode;
import io.sekimori.identity.IdentityException;
import io.sekimori.trust.Activation;
import io.sekimori.trust.ActivationLabel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One gateway and consoles good and bad, over real TLS. */
class EnrolmentTest {

    private static final String SUBJECT = "CN=" + Lab.GATEWAY + ", OU=gateway";

    @TempDir
    private Path folder;

    private final TestConsole console = new TestConsole(new TestCa());
    private Lab lab;

    @BeforeEach
    void makeUnit() throws IOException {
        lab = new Lab(folder);
    }

    @AfterEach
    void close() throws InterruptedException {
        console.close();
        lab.close();
    }

    @Test
    void aGatewayIsEnrolledAndKnowsIt() throws Exception {
        DeviceIdentity identity = lab.identity();
        List<Enrolled> heard = new ArrayList<>();
        identity.listeners = List.of(heard::add);
        assertThat(identity.enrolled()).isEmpty();
        assertThat(identity.tls()).isEmpty();

        EnrolAnswer answer = identity.enrol(lab.activation(console).bytes(), "local:test");

        Enrolled enrolled = ((EnrolAnswer.Done) answer).enrolled();
        assertThat(enrolled.id()).isEqualTo(Lab.GATEWAY);
        assertThat(enrolled.chain()).hasSize(2);
        assertThat(enrolled.chain().get(0).getPublicKey()).isEqualTo(lab.device.getPublic());
        assertThat(enrolled.anchors()).containsExactly(console.ca.root);
        assertThat(enrolled.console()).isEqualTo(console.address());
        assertThat(heard).containsExactly(enrolled);
        assertThat(lab.identity().enrolled()).contains(enrolled);
        assertThat(identity.tls()).isPresent();
        assertThat(identity.tls().get()).isSameAs(identity.tls().get());
        assertThat(identity.model() + identity.serial()).isEqualTo("M-10001");
        assertThat(lab.audited)
                .containsExactly("identity.enrol ALLOWED  by local:test", "identity.enrol DONE  by local:test");
        assertThat(console.authorizations)
                .containsExactly("Basic "
                        + Base64.getEncoder()
                                .encodeToString((Lab.GATEWAY + ":" + Lab.CODE).getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void noFileHoldsTheCodeAfterwards() throws Exception {
        lab.enrol(lab.activation(console));

        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain(Lab.CODE);
            }
        }
    }

    @Test
    void aLabelIsAsGoodAsAFile() throws Exception {
        DeviceIdentity identity = lab.identity();

        assertThat(identity.enrol(ActivationLabel.of(lab.activation(console)), "local:test"))
                .isInstanceOf(EnrolAnswer.Done.class);
    }

    @Test
    void theSameActivationAgainChangesNothingAndAsksNobody() throws Exception {
        Activation activation = lab.activation(console);
        lab.enrol(activation);

        assertThat(lab.enrol(activation)).isInstanceOf(EnrolAnswer.Done.class);

        assertThat(console.authorizations).hasSize(1);
    }

    @Test
    void anotherVersionOfTheBundleSeesANewIdentity() throws Exception {
        DeviceIdentity old = lab.identity();
        DeviceIdentity young = lab.identity();
        young.enrol(lab.activation(console).bytes(), "local:test");

        assertThat(old.enrolled()).isEqualTo(young.enrolled()).isPresent();
    }

    @Test
    void aConsoleWithAnotherKeyIsSentNothing() throws Exception {
        try (TestConsole other = new TestConsole(new TestCa())) {
            assertThat(lab.refusal(lab.activation(console, other.address()))).isEqualTo(IdentityCode.WRONG_PIN);

            assertThat(other.authorizations).isEmpty();
        }
        assertThat(lab.data().resolve("pending")).doesNotExist();
        assertThat(lab.audited).containsExactly("identity.enrol REFUSED WRONG_PIN by local:test");
    }

    @Test
    void theRightCaSentAlongByAStrangerIsNotEnough() throws Exception {
        TestCa stranger = new TestCa();
        // Under its own name, and as the issuer that the stranger's certificate names.
        for (String name : List.of("CN=root", "CN=issuing")) {
            List<X509Certificate> above = List.of(
                    stranger.issuing,
                    TestCa.authority(name, console.ca.rootKey.getPublic(), name, stranger.rootKey),
                    console.ca.root);
            try (TestConsole other = new TestConsole(stranger, "localhost", TestCa.DAY, above)) {
                assertThat(lab.refusal(lab.activation(console, other.address())))
                        .isEqualTo(IdentityCode.CONSOLE_NOT_PROVEN);

                assertThat(other.authorizations).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"localhost,-1", "elsewhere.example,1"})
    void aCertificateThatIsOldOrForAnotherHostIsRefused(String host, int days) throws Exception {
        List<X509Certificate> above = List.of(console.ca.issuing, console.ca.root);
        try (TestConsole other = new TestConsole(console.ca, host, Duration.ofDays(days), above)) {
            assertThat(lab.refusal(lab.activation(other))).isEqualTo(IdentityCode.CONSOLE_NOT_PROVEN);

            assertThat(other.authorizations).isEmpty();
        }
    }

    @Test
    void whoDoesNotSpeakTlsIsNoConsole() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread echo = new Thread(() -> {
                try (var socket = plain.accept()) {
                    // As a web server does: it reads before it answers.
                    socket.getInputStream().read();
                    socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            echo.start();

            assertThat(lab.refusal(lab.activation(console, URI.create("https://localhost:" + plain.getLocalPort()))))
                    .isEqualTo(IdentityCode.CONSOLE_NOT_PROVEN);
            echo.join();
        }
    }

    @Test
    void nobodyThereIsSaidToBeSo() throws Exception {
        URI closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = URI.create("https://localhost:" + socket.getLocalPort());
        }

        assertThat(lab.refusal(lab.activation(console, closed))).isEqualTo(IdentityCode.CONSOLE_UNREACHABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "401,CODE_UNKNOWN,CODE_UNKNOWN",
        "403,CODE_USED,CODE_USED",
        "403,CODE_EXPIRED,CODE_EXPIRED",
        "429,TOO_MANY_TRIES,TOO_MANY_TRIES",
        "500,FAILED,CONSOLE_REFUSED",
        "400,KEY_MISSING,CONSOLE_REFUSED",
        "202,,CONSOLE_REFUSED",
        "302,x\u001b[31m,CONSOLE_REFUSED"
    })
    void whatTheConsoleRefusesIsToldWithItsCode(int status, String said, IdentityCode expected) throws Exception {
        console.enrolment = key -> TestConsole.refusal(status, said);

        EnrolAnswer.Refused refused = (EnrolAnswer.Refused) lab.enrol(lab.activation(console));

        assertThat(refused.code()).isEqualTo(expected);
        assertThat(refused.detail()).contains(status + "").contains("17 s").doesNotContain("\u001b");
        // What may still end well is remembered.
        assertThat(Files.exists(lab.data().resolve("pending")))
                .isEqualTo(!expected.name().startsWith("CODE_"));
    }

    @Test
    void aCertificateOfSomebodyElseIsNotKept() throws Exception {
        PublicKey other = TestCa.pair().getPublic();
        TestCa stranger = new TestCa();

        foreign(key -> TestConsole.certificate(console.ca.gateway(other, SUBJECT)));
        foreign(key -> TestConsole.certificate(console.ca.gateway(key, "CN=g-zzzzzzzzzzzz, OU=gateway")));
        foreign(key -> TestConsole.certificate(console.ca.gateway(key, "CN=" + Lab.GATEWAY)));
        foreign(key -> TestConsole.certificate(console.ca.gateway(key, SUBJECT + ", O=more")));
        foreign(key -> TestConsole.certificate(
                console.ca.leaf(key, SUBJECT, KeyPurposeId.id_kp_serverAuth, TestCa.DAY, "localhost")));
        foreign(key -> TestConsole.certificate(stranger.gateway(key, SUBJECT)));
        foreign(key -> TestConsole.certificate(
                console.ca.leaf(key, SUBJECT, KeyPurposeId.id_kp_clientAuth, Duration.ofHours(-1), "localhost")));
    }

    private void foreign(Function<PublicKey, TestConsole.Reply> enrolment) throws Exception {
        console.enrolment = enrolment;

        assertThat(lab.refusal(lab.activation(console))).isEqualTo(IdentityCode.CERTIFICATE_FOREIGN);
        assertThat(lab.identity().enrolled()).isEmpty();
    }

    @Test
    void aConsoleThatSendsAnotherCaIsRefused() throws Exception {
        console.caCertificates = List.of(new TestCa().root);
        assertThat(lab.refusal(lab.activation(console))).isEqualTo(IdentityCode.CERTIFICATE_FOREIGN);

        console.caCertificates =
                List.of(TestCa.authority("CN=root", console.ca.rootKey.getPublic(), "CN=root", TestCa.pair()));
        assertThat(lab.refusal(lab.activation(console))).isEqualTo(IdentityCode.CERTIFICATE_FOREIGN);
        assertThat(console.authorizations).isEmpty();
    }

    @Test
    void anAnswerThatIsNoneIsMalformed() throws Exception {
        PublicKey key = lab.device.getPublic();
        malformed("no base64 !!".getBytes(StandardCharsets.US_ASCII));
        malformed(Base64.getEncoder().encode("no certificates".getBytes(StandardCharsets.US_ASCII)));
        malformed(TestCa.bag(List.of()));
        malformed(TestCa.bag(List.of(console.ca.gateway(key, SUBJECT), console.ca.gateway(key, SUBJECT))));
    }

    private void malformed(byte[] body) throws Exception {
        console.enrolment = key -> new TestConsole.Reply(200, body);

        assertThat(lab.refusal(lab.activation(console))).isEqualTo(IdentityCode.ANSWER_MALFORMED);
    }

    @Test
    void anAnswerWithoutEndIsHungUpOn() throws Exception {
        console.enrolment = key -> new TestConsole.Reply(200, new byte[1 << 20]);

        EnrolAnswer.Refused refused = (EnrolAnswer.Refused) lab.enrol(lab.activation(console));

        assertThat(refused.code()).isEqualTo(IdentityCode.CONSOLE_UNREACHABLE);
        assertThat(refused.detail()).contains("longer than");
    }

    @Test
    void anActivationOfAnotherMakerIsRefused() throws Exception {
        Activation activation = lab.activation(console);
        Files.write(lab.unit.releaseAnchor(), new byte[] {1});
        assertThat(lab.refusal(activation)).isEqualTo(IdentityCode.ROOT_DIFFERS);

        Files.delete(lab.unit.releaseAnchor());
        assertThat(lab.refusal(activation)).isEqualTo(IdentityCode.TRUST_UNREADABLE);
        assertThat(console.authorizations).isEmpty();
    }

    @Test
    void anActivationThatEndedIsRefused() throws Exception {
        Clock tomorrow = Clock.fixed(Instant.now().plus(TestCa.DAY), ZoneOffset.UTC);
        DeviceIdentity identity = new DeviceIdentity(lab.unit, Lab.RENEWAL, Way.DIRECT, tomorrow, Lab.silent());

        assertThat(((EnrolAnswer.Refused) identity.enrol(lab.activation(console).bytes(), "local:test")).code())
                .isEqualTo(IdentityCode.ACTIVATION_EXPIRED);
    }

    @Test
    void aUnitWithoutAKeyOrAuditIsRefused() throws Exception {
        lab.audits = false;
        assertThat(lab.refusal(lab.activation(console))).isEqualTo(IdentityCode.IDENTITY_AUDIT_REFUSED);
        lab.hasKey = false;
        assertThat(lab.refusal(lab.activation(console))).isEqualTo(IdentityCode.KEY_MISSING);
        DeviceIdentity identity =
                new DeviceIdentity(lab.unit, Lab.RENEWAL, Way.DIRECT, Clock.systemUTC(), Lab.silent());
        assertThat(((EnrolAnswer.Refused) identity.enrol(lab.activation(console).bytes(), "local:test")).code())
                .isEqualTo(IdentityCode.KEY_REFUSED);
        assertThat(console.authorizations).isEmpty();
    }

    @Test
    void whatIsNoActivationIsRefused() throws Exception {
        assertThat(((EnrolAnswer.Refused) lab.identity().enrol(new byte[] {'x'}, "local:test")).code())
                .isEqualTo(IdentityCode.ACTIVATION_MALFORMED);
    }

    @Test
    void oneEnrolmentRunsAtATime() throws Exception {
        var lock = new IdentityFolder(lab.data()).lock().orElseThrow();

        assertThat(lab.refusal(lab.activation(console))).isEqualTo(IdentityCode.ENROLMENT_RUNNING);
        lock.release();
        assertThat(lab.enrol(lab.activation(console))).isInstanceOf(EnrolAnswer.Done.class);
    }

    @Test
    void anIdentityThatCannotBeKeptIsNotClaimed() throws Exception {
        Files.createDirectories(lab.data().getParent());
        Files.write(lab.data(), new byte[0]);

        assertThat(lab.refusal(lab.activation(console))).isEqualTo(IdentityCode.IDENTITY_UNWRITABLE);
        assertThat(lab.identity().enrolled()).isEmpty();
    }

    @Test
    void aDamagedIdentityIsNobodyUntilItIsReplaced() throws Exception {
        lab.enrol(lab.activation(console));
        Files.write(lab.data().resolve("identity.json"), "{".getBytes(StandardCharsets.UTF_8));

        DeviceIdentity identity = lab.identity();

        assertThat(identity.enrolled()).isEmpty();
        assertThat(catchThrowableOfType(IdentityException.class, identity::tls).code())
                .isEqualTo(IdentityCode.IDENTITY_UNREADABLE);
        assertThat(lab.enrol(lab.activation(console))).isInstanceOf(EnrolAnswer.Done.class);
        assertThat(identity.enrolled()).isPresent();
        lab.hasKey = false;
        assertThat(catchThrowableOfType(IdentityException.class, identity::tls).code())
                .isEqualTo(IdentityCode.KEY_REFUSED);
    }
}
