package io.sekimori.identity.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sekimori.identity.EnrolAnswer;
import io.sekimori.identity.IdentityCode;
import io.sekimori.identity.IdentityException;
import io.sekimori.status.Finding;
import io.sekimori.trust.DirectorRepository;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.KeyFile;
import io.sekimori.trust.Lifetimes;
import io.sekimori.trust.MetadataDirectory;
import io.sekimori.trust.OnlineDirector;
import io.sekimori.trust.Role;
import io.sekimori.trust.RoleKeys;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.TimeStatement;
import io.sekimori.update.Forgeries.Forgery;
import io.sekimori.update.TimeReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway in 1970, and consoles that tell it the time, over real TLS. */
class ConsoleTimeTest {

    private static final Clock IN_1970 = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private static final Instant NOW = Instant.now();

    @TempDir
    private Path folder;

    @TempDir
    private Path console;

    private final TestConsole server = new TestConsole(new TestCa());
    private final List<Forgery> forged = new ArrayList<>();
    private Lab lab;
    private KeyFile key;
    private KeyFile root;
    private OnlineDirector director;
    private GatewayTime time;

    @BeforeEach
    void makeUnit() throws IOException {
        lab = new Lab(folder);
        Files.createDirectories(console.resolve("keys"));
        key = KeyFile.create(console.resolve("keys").resolve("director"));
        root = KeyFile.create(console.resolve("keys").resolve("root"));
        DirectorRepository repository = DirectorRepository.init(
                console.resolve("director"),
                Map.of(Role.ROOT, RoleKeys.of(1, root.publicKey()), Role.TARGETS, RoleKeys.of(1, key.publicKey())),
                List.of(root),
                Lifetimes.DEFAULT,
                NOW);
        Files.write(lab.unit.directorAnchor(), repository.anchor());
        director = new OnlineDirector(
                new MetadataDirectory(console.resolve("director").resolve("metadata")));
        time = new GatewayTime(lab.unit, IN_1970);
        server.time = nonce -> says(nonce, NOW);
    }

    @AfterEach
    void close() throws InterruptedException {
        server.close();
        lab.close();
    }

    @Test
    void aGatewayIn1970IsToldTheTimeAndEnrols() throws Exception {
        DeviceIdentity identity = lab.identity(IN_1970);
        assertThat(identity.now().trusted()).isFalse();
        assertThat(findings(identity)).containsExactly("TIME_UNTRUSTED");
        assertThat(new TimeHealth(identity).execute().toString()).contains("TIME_UNTRUSTED");

        EnrolAnswer answer = identity.enrol(lab.activation(server).bytes(), "local:test");

        assertThat(answer).isInstanceOf(EnrolAnswer.Done.class);
        assertThat(identity.now().source()).isEqualTo(TimeReading.Source.CONSOLE);
        assertThat(findings(identity)).containsExactly("CLOCK_WRONG");
        assertThat(identity.now().now()).isBetween(NOW.minusSeconds(1), NOW.plusSeconds(60));
    }

    @Test
    void aClockThatIsFarAheadEndsNoActivation() throws Exception {
        DeviceIdentity identity = lab.identity(Clock.fixed(NOW.plus(Duration.ofDays(900)), ZoneOffset.UTC));

        assertThat(identity.enrol(lab.activation(server).bytes(), "local:test")).isInstanceOf(EnrolAnswer.Done.class);
    }

    @Test
    void whatEndedOrHasNotBegunTellsTheTimeAndNothingElse() throws Exception {
        try (TestConsole ended = new TestConsole(
                server.ca, "localhost", Duration.ofHours(-1), List.of(server.ca.issuing, server.ca.root))) {
            ended.time = server.time;

            ask(ended);

            assertThat(time.now().source()).isEqualTo(TimeReading.Source.CONSOLE);
            assertThat(lab.refusal(lab.activation(ended))).isEqualTo(IdentityCode.CONSOLE_NOT_PROVEN);
        }
    }

    @Test
    void whoDoesNotHaveThePinnedKeyIsNotAsked() {
        AtomicInteger asked = new AtomicInteger();
        server.time = nonce -> {
            asked.incrementAndGet();
            return says(nonce, NOW);
        };

        assertThat(refused("0".repeat(64)).code()).isEqualTo(IdentityCode.WRONG_PIN);
        assertThat(asked).hasValue(0);
    }

    @Test
    void anOldAnswerIsNotBelieved() {
        server.time = nonce -> says("a".repeat(64), NOW);

        assertThat(refused(pin())).hasMessageContaining("CONSOLE_TIME_WRONG").hasMessageContaining("TIME_REPLAYED");
        assertThat(forged).containsExactly(Forgery.TIME_REPLAYED);
        assertThat(time.now().trusted()).isFalse();
    }

    @Test
    void aConsoleWithoutTheDirectorsKeyIsNotBelieved() {
        Map<String, ?> other = Map.of("_type", "time", "nonce", "a".repeat(64), "time", "2027-01-01T00:00:00Z");
        server.time =
                nonce -> new TestConsole.Reply(200, JsonText.bytes(Map.of("signatures", List.of(), "signed", other)));

        assertThat(refused(pin())).hasMessageContaining("TIME_SIGNATURE");
        assertThat(forged).as("nobody signed it").containsExactly(Forgery.TIME_SIGNATURE);
        Map<String, ?> signature = Map.of("keyid", key.publicKey().keyId(), "sig", "00".repeat(64));
        server.time = nonce ->
                new TestConsole.Reply(200, JsonText.bytes(Map.of("signatures", List.of(signature), "signed", other)));
        assertThat(refused(pin())).hasMessageContaining("TIME_SIGNATURE");
        assertThat(forged).containsExactly(Forgery.TIME_SIGNATURE, Forgery.TIME_SIGNATURE);
    }

    @Test
    void aTimeBeforeTheFloorIsNotTaken() {
        server.time = nonce -> says(nonce, Instant.parse("2020-01-01T00:00:00Z"));

        assertThat(refused(pin())).hasMessageContaining("CONSOLE_TIME_WRONG").hasMessageContaining("is over");
        assertThat(time.now().trusted()).isFalse();
    }

    @Test
    void aConsoleThatCannotSayChangesNothing() {
        server.time = nonce -> TestConsole.refusal(503, "PART_ABSENT");

        assertThat(refused(pin())).isNotNull();
        assertThat(time.now().trusted()).isFalse();
    }

    /** Neighbours behind its address have asked too often: it has an allowance of its own, by its certificate. */
    @Test
    void whoIsRefusedForItsNeighboursAsksByItsCertificate() throws Exception {
        DeviceIdentity identity = lab.identity(Clock.systemUTC());
        assertThat(identity.enrol(lab.activation(server).bytes(), "local:test")).isInstanceOf(EnrolAnswer.Done.class);
        server.time = nonce -> TestConsole.refusal(429, "SERVER_BUSY");
        ConsoleTime asking = new ConsoleTime(lab.unit, time, Optional::empty, console -> own(identity), forged::add);

        assertThat(catchThrowableOfType(NotEnrolled.class, () -> asking.ask(server.address(), pin())))
                .as("an earlier console")
                .hasMessageContaining("429 SERVER_BUSY");
        server.ownTime = nonce -> says(nonce, NOW);
        asking.ask(server.address(), pin());

        assertThat(time.now().source()).isEqualTo(TimeReading.Source.CONSOLE);
        assertThat(server.timeShown)
                .hasSize(2)
                .allMatch(certificate -> certificate.equals(
                        identity.enrolled().orElseThrow().chain().get(0)));
        server.time = nonce -> says(nonce, NOW);
        asking.ask(server.address(), pin());
        assertThat(server.timeShown).as("only if it must").hasSize(2);
    }

    private static Optional<SSLContext> own(DeviceIdentity identity) {
        try {
            return identity.tls();
        } catch (IdentityException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> findings(DeviceIdentity identity) {
        return new TimeStatus(identity)
                .contribute().findings().stream().map(Finding::code).toList();
    }

    private void ask(TestConsole whom) throws NotEnrolled {
        new ConsoleTime(lab.unit, time, Optional::empty, own -> Optional.empty(), forged::add)
                .ask(whom.address(), pin());
    }

    private NotEnrolled refused(String pin) {
        return catchThrowableOfType(
                NotEnrolled.class,
                () -> new ConsoleTime(lab.unit, time, Optional::empty, own -> Optional.empty(), forged::add)
                        .ask(server.address(), pin));
    }

    private String pin() {
        return Sha256.hex(server.ca.rootKey.getPublic().getEncoded());
    }

    private TestConsole.Reply says(String nonce, Instant when) {
        try {
            return new TestConsole.Reply(200, director.time(List.of(key)).sign(new TimeStatement(nonce, when)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
