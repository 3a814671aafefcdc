package io.sekimori.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekimori.connection.ConnectionCode;
import io.sekimori.connection.ConnectionException;
import io.sekimori.connection.Method;
import io.sekimori.connection.Notification;
import io.sekimori.connection.Outbox;
import io.sekimori.connection.Reply;
import io.sekimori.connection.Request;
import io.sekimori.control.ControlAnswer;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.Identity;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.SignedReport;
import io.sekimori.trust.UnitReport;
import io.sekimori.update.OpenTransition;
import io.sekimori.update.Origin;
import io.sekimori.update.Outcome;
import io.sekimori.update.Phase;
import io.sekimori.update.Plan;
import io.sekimori.update.PlanAnswer;
import io.sekimori.update.Progress;
import io.sekimori.update.Reason;
import io.sekimori.update.TakenBack;
import io.sekimori.update.UpdateService;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CourierTest {

    private static final Duration OFTEN = Duration.ofSeconds(1);

    @TempDir
    private Path directory;

    private ConsoleServer server;
    private Courier courier;
    private final FakeUpdate update = new FakeUpdate();
    private final List<Notification> sent = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile boolean busy;
    private volatile boolean enrolled = true;
    private volatile boolean connected = true;
    private volatile boolean outboxThere = true;
    private volatile Optional<ConnectionCode> unsent = Optional.empty();

    @BeforeEach
    void begin() throws Exception {
        server = new ConsoleServer(directory);
        courier = courier(new Settings(true, OFTEN, 3));
    }

    private Courier courier(Settings settings) {
        return new Courier(
                new Around(),
                new PendingReports(directory.resolve("reports")),
                settings,
                Clock.systemUTC(),
                new SilentLog().logger());
    }

    @AfterEach
    void end() {
        courier.end();
        server.close();
    }

    private final class Around implements Surroundings {
        @Override
        public Optional<Identity> identity() {
            return Optional.of(new Identity() {
                @Override
                public String model() {
                    return "M";
                }

                @Override
                public String serial() {
                    return "1";
                }

                @Override
                public Optional<Enrolled> enrolled() {
                    if (!enrolled) {
                        return Optional.empty();
                    }
                    X509Certificate certificate = Certificates.any(directory.resolve("server.p12"));
                    return Optional.of(new Enrolled(
                            "g-aaaaaaaaaaaa",
                            "sekimori",
                            List.of(certificate),
                            List.of(certificate),
                            server.address(),
                            URI.create("ssl://127.0.0.1:8883")));
                }

                @Override
                public Optional<SSLContext> tls() {
                    return enrolled ? Optional.of(server.client()) : Optional.empty();
                }
            });
        }

        @Override
        public Optional<UpdateService> update() {
            return Optional.of(update);
        }

        @Override
        public Optional<Outbox> outbox() {
            return outboxThere ? Optional.of(CourierTest.this::send) : Optional.empty();
        }

        @Override
        public Optional<TakenBack> takenBack() {
            return Optional.of(new TakenBack() {
                @Override
                public boolean hear(byte[] approvals) {
                    heard.add(new String(approvals, StandardCharsets.UTF_8));
                    return !busy;
                }

                @Override
                public List<Remembered> remembered() {
                    return List.of();
                }
            });
        }

        @Override
        public boolean connected() {
            return connected;
        }
    }

    private void send(Notification notification) throws ConnectionException {
        if (unsent.isPresent()) {
            throw new ConnectionException(unsent.get(), "in this test", null);
        }
        sent.add(notification);
    }

    private void assign(long version) {
        server.files.put("director/targets.json", assignment(version));
    }

    private static byte[] taking(long version, long from) {
        return ("{\"signed\":{\"version\":" + version + ",\"assignment\":{\"takesBack\":" + from
                        + "}},\"signatures\":[]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] assignment(long version) {
        return ("{\"signed\":{\"version\":" + version + "},\"signatures\":[]}").getBytes(StandardCharsets.UTF_8);
    }

    private static Request request(Method method, String resource, Map<String, Object> metrics, byte[] body) {
        return new Request(method, List.of(resource), metrics, body, "console-1", "r1");
    }

    private Reply put(byte[] body) {
        return courier.handle(request(Method.PUT, "assignment", Map.of(), body));
    }

    private static byte[] report() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair key = generator.generateKeyPair();
        String device = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(key.getPublic().getEncoded()));
        UnitReport report = new UnitReport(
                device,
                "M",
                "1",
                new UnitReport.Running(1, 1, 5, List.of(), List.of(), Map.of()),
                new UnitReport.Trusted(1, 1, 1, 1, 1, 5),
                Optional.empty(),
                List.of(),
                Instant.parse("2026-11-22T12:00:00Z"),
                1,
                "");
        return SignedReport.sign(report, "EC_P256", key.getPublic().getEncoded(), message -> {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key.getPrivate());
            signature.update(message);
            return signature.sign();
        });
    }

    @Test
    void whatTheConsoleHasIsHandedToTheEngineOnce() {
        assign(7);
        courier.begin();

        await().until(() -> update.applied.size() == 1);
        update.add(FakeUpdate.ended(7, new Outcome.Confirmed(2), Instant.now()));
        int asked = server.asked.size();
        await().until(() -> server.asked.size() > asked + 1);
        assertThat(update.applied).hasSize(1);

        assign(8);
        await().until(() -> update.applied.size() == 2);
    }

    /** Nothing waits, nothing is assigned even: it hears of it all the same, once for each that is new. */
    @Test
    void anIdleGatewayHearsWhatWasTakenBack() {
        courier.begin();
        await().until(() -> server.asked.size() > 1);
        assertThat(server.asked).doesNotContain("GET director/withdrawals.json");

        server.files.put("director/withdrawals.json", "one".getBytes(StandardCharsets.UTF_8));
        server.withdrawals = named("one");
        await().until(() -> heard.equals(List.of("one")));
        int asked = server.asked.size();
        await().until(() -> server.asked.size() > asked + 1);
        assertThat(heard).containsExactly("one");

        busy = true;
        server.files.put("director/withdrawals.json", "two".getBytes(StandardCharsets.UTF_8));
        server.withdrawals = named("two");
        await().until(() -> heard.size() > 2);
        busy = false;
        int brought = heard.size();
        await().until(() -> heard.size() == brought + 1);
        server.withdrawals = "a".repeat(65);
        int then = server.asked.size();
        await().until(() -> server.asked.size() > then + 1);
        assertThat(heard).hasSize(brought + 1).endsWith("two");
    }

    /** Two consoles side by side: one announces what the other does not have yet. */
    @Test
    void whatWasAnnouncedAndDidNotComeIsAskedForUntilItDoes() {
        server.files.put("director/withdrawals.json", "one".getBytes(StandardCharsets.UTF_8));
        server.withdrawals = named("two");
        courier.begin();
        await().until(() -> heard.size() > 2);
        assertThat(heard).containsOnly("one");

        server.files.put("director/withdrawals.json", "two".getBytes(StandardCharsets.UTF_8));
        await().until(() -> heard.contains("two"));
        int brought = heard.size();
        int then = server.asked.size();
        await().until(() -> server.asked.size() > then + 2);
        assertThat(heard).hasSize(brought).endsWith("two");
    }

    private static String named(String file) {
        return Sha256.hex(file.getBytes(StandardCharsets.UTF_8));
    }

    /** It brings nothing, so there is nothing to tell before somebody has it installed. */
    @Test
    void whatTakesBackIsNotForetold() throws Exception {
        server.files.put("director/targets.json", taking(7, 6));
        update.add(FakeUpdate.ended(7, FakeUpdate.refused("INSTALL_BY_HAND"), Instant.now()));
        update.hindrance = Optional.of(new Reason("INSTALL_BY_HAND", ""));
        courier.begin();

        await().until(() -> server.asked.size() > 3);

        assertThat(update.previewed).hasValue(0);
    }

    @Test
    void whatWaitsIsLookedAtOnceForThoseWhoAreToHaveItInstalled() {
        assign(7);
        update.add(FakeUpdate.ended(7, FakeUpdate.refused("INSTALL_BY_HAND"), Instant.now()));
        update.hindrance = Optional.of(new Reason("INSTALL_BY_HAND", ""));
        courier.begin();

        await().until(() -> update.previewed.get() > 1); // what did not answer is asked again
        assertThat(courier.foretold(7)).isEmpty();
        update.preview = new PlanAnswer.Planned(plan());
        await().until(() -> courier.foretold(7).isPresent());
        int looked = update.previewed.get();
        int asked = server.asked.size();
        await().until(() -> server.asked.size() > asked + 2);

        assertThat(update.previewed).hasValue(looked);
        assertThat(courier.foretold(7).orElseThrow())
                .containsEntry("restart", false)
                .containsEntry("interruptions", List.of(Map.of("symbolicName", "org.example.bus", "aboutMillis", 80L)))
                .containsEntry("remedies", List.of(Map.of("en", "A door was open.", "ja", "")));
        assertThat(courier.foretold(8)).isEmpty();
        assertThat(update.applied).isEmpty();
    }

    private static Plan plan() {
        return new Plan(
                1,
                2,
                7,
                false,
                List.of(),
                List.of(new Plan.Interruption("org.example.bus", Duration.ofMillis(80), "")),
                new Plan.Disk(0, 0, 0),
                List.of(),
                new Plan.Signed("a".repeat(64), Instant.EPOCH, Optional.empty()),
                List.of(new Plan.Remedy("A door was open.", "")));
    }

    @Test
    void whatPeopleMustApproveIsTriedAgainWhenThereAreOtherApprovals() throws Exception {
        courier.end();
        courier = courier(new Settings(true, Duration.ofDays(1), 3));
        assign(7);
        update.add(FakeUpdate.ended(7, FakeUpdate.refused("APPROVALS_MISSING"), Instant.now()));
        courier.begin();
        await().until(() -> server.asked.contains("GET director/approvals.json"));
        assertThat(update.applied).isEmpty();

        server.files.put("director/approvals.json", new byte[] {1});
        assertThat(put(assignment(7)).code()).isEqualTo(409); // the console sends it again, and it looks at once
        await().until(() -> update.applied.size() == 1);
        update.add(FakeUpdate.ended(7, FakeUpdate.refused("APPROVALS_EXPIRED"), Instant.now()));
        server.asked.clear();
        put(assignment(7));
        await().until(() -> server.asked.contains("GET director/approvals.json"));

        server.files.put("director/approvals.json", new byte[] {2});
        courier.askSoon();
        await().until(() -> update.applied.size() == 2);
    }

    @Test
    void anAssignmentThatComesDuringATransitionWaitsForItsEnd() throws Exception {
        courier.end();
        courier = courier(new Settings(true, Duration.ofDays(1), 3));
        update.open =
                Optional.of(new OpenTransition("t0", 1, 2, Phase.SWAP, Instant.now(), new Origin("local:root", "usb")));
        assign(7);
        courier.begin();
        await().until(() -> server.asked.size() == 1);
        assertThat(update.applied).isEmpty();

        update.open = Optional.empty();
        courier.reported(report());

        // The first question may still be on its way when the transition ends, and finds it ended as well.
        await().until(() -> !update.applied.isEmpty());
    }

    /** Whoever sends it by the broker only has it asked for: what ends the transition comes from the console and is judged. */
    @Test
    void whatTakesBackWhatIsOpenIsFetchedAndGivenToTheEngine() throws Exception {
        courier.end();
        courier = courier(new Settings(true, Duration.ofDays(1), 3));
        update.open = Optional.of(
                new OpenTransition("t0", 1, 2, Phase.STAGE, Instant.now(), new Origin("console", "console")));
        server.files.put("director/targets.json", taking(8, 7));

        Reply reply = put(taking(9, 7));

        assertThat(reply.code()).isEqualTo(200);
        assertThat(reply.metrics()).containsEntry("status", "ASKED");
        await().until(() -> update.takenBack.size() == 1);
        assertThat(update.takenBack.get(0).directorMetadata("targets.json", 100_000))
                .contains(taking(8, 7));
        assertThat(update.applied).isEmpty();

        update.open = Optional.empty();
        courier.reported(report());
        await().until(() -> update.applied.size() == 1);
    }

    @Test
    void whatTakesBackWhatIsNotOpenIsAppliedAsAnyAssignment() {
        assertThat(put(taking(9, 7)).metrics()).containsEntry("operation.id", "t1");
        assertThat(update.takenBack).isEmpty();
    }

    @Test
    void whoIsNotEnrolledAsksNobody() {
        enrolled = false;
        courier.begin();
        await().during(Duration.ofMillis(300)).until(() -> server.asked.isEmpty());

        enrolled = true;
        courier.askSoon();

        await().until(() -> !server.asked.isEmpty());
    }

    @Test
    void aConsoleThatIsAwayIsAskedAgain() {
        server.answer = 503;
        assign(7);
        courier.begin();
        await().until(() -> server.asked.size() >= 2);

        server.answer = 0;

        await().until(() -> update.applied.size() == 1);
    }

    @Test
    void switchedOffNothingIsTaken() {
        courier.change(new Settings(false, OFTEN, 3));
        assign(7);
        courier.begin();

        Reply reply = put(assignment(7));

        assertThat(reply.code()).isEqualTo(403);
        assertThat(reply.metrics()).containsEntry(Reply.REASON, "CONSOLE_UPDATES_OFF");
        assertThat(update.applied).isEmpty();
    }

    @Test
    void anAssignmentThatIsSentIsJudgedAsOneThatWasFetched() throws Exception {
        Reply reply = put(assignment(9));

        assertThat(reply.code()).isEqualTo(200);
        assertThat(reply.metrics()).containsEntry("operation.id", "t1");
        assertThat(update.applied.get(0).directorMetadata("targets.json", 100_000))
                .contains(assignment(9));
    }

    @Test
    void whatIsNoAssignmentIsRefused() {
        for (String body :
                new String[] {"", "{}", "[]", "{\"signed\":{\"version\":0}}", "{\"signed\":{\"version\":\"1\"}}"}) {
            assertThat(put(body.getBytes(StandardCharsets.UTF_8)).metrics())
                    .as(body)
                    .containsEntry(Reply.REASON, "ASSIGNMENT_MALFORMED");
        }
        assertThat(update.applied).isEmpty();
    }

    /** It waited at the broker while the gateway asked by itself: no sign of an attack, and nothing to try. */
    @Test
    void anAssignmentThatComesAfterANewerOneIsNotTried() {
        update.add(FakeUpdate.ended(9, FakeUpdate.refused("DEFERRED"), Instant.now()));

        assertThat(put(assignment(8)).metrics()).containsEntry(Reply.REASON, "ASSIGNMENT_NOT_NEWER");
        assertThat(update.applied).isEmpty();
    }

    @Test
    void anAssignmentThatWasTriedIsRefusedAtOnce() {
        update.add(FakeUpdate.ended(9, new Outcome.Confirmed(2), Instant.now()));

        assertThat(put(assignment(9)).metrics()).containsEntry(Reply.REASON, "ASSIGNMENT_NOT_NEWER");
    }

    @Test
    void whatThePolicyHindersIsSaidSo() {
        update.add(FakeUpdate.ended(9, FakeUpdate.refused("OUTSIDE_WINDOW"), Instant.now()));
        update.hindrance = Optional.of(new Reason("OUTSIDE_WINDOW", "the next window opens later"));

        assertThat(put(assignment(9)).metrics()).containsEntry(Reply.REASON, "OUTSIDE_WINDOW");
        assertThat(update.applied).isEmpty();
    }

    @Test
    void aPersonOnSiteHasWhatIsAssignedInstalledWhateverHindersItByItself() {
        assign(9);
        update.hindrance = Optional.of(new Reason("INSTALL_BY_HAND", ""));

        assertThat(courier.install("tom", OptionalLong.empty()))
                .isEqualTo(new ControlAnswer.Done(Map.of("id", "t1", "assignment", 9L)));
        assertThat(update.origins).containsExactly(new Origin("tom", "local"));
    }

    /** The console may assign something else while a person looks. */
    @Test
    void whatAPersonLookedAtIsInstalledAndNothingNewer() {
        assign(10);

        assertThat(code(courier.install("tom", OptionalLong.of(9)))).isEqualTo("ASSIGNMENT_CHANGED");
        assertThat(update.applied).isEmpty();
        assertThat(courier.install("tom", OptionalLong.of(10)))
                .isEqualTo(new ControlAnswer.Done(Map.of("id", "t1", "assignment", 10L)));
    }

    @Test
    void whatCannotBeInstalledByHandSaysWhy() {
        assertThat(code(courier.install("tom", OptionalLong.empty()))).isEqualTo("NOTHING_ASSIGNED");

        assign(9);
        update.open =
                Optional.of(new OpenTransition("t0", 1, 2, Phase.SWAP, Instant.now(), new Origin("local:root", "usb")));
        assertThat(code(courier.install("tom", OptionalLong.empty()))).isEqualTo("TRANSITION_OPEN");

        server.close();
        assertThat(code(courier.install("tom", OptionalLong.empty()))).isEqualTo("CONSOLE_NOT_REACHED");

        enrolled = false;
        assertThat(code(courier.install("tom", OptionalLong.empty()))).isEqualTo("NOT_ENROLLED");
    }

    private static String code(ControlAnswer answer) {
        return ((ControlAnswer.Refused) answer).code();
    }

    @Test
    void duringATransitionTheEngineSaysWhy() {
        update.open =
                Optional.of(new OpenTransition("t0", 1, 2, Phase.SWAP, Instant.now(), new Origin("local:root", "usb")));

        assertThat(put(assignment(9)).metrics()).containsEntry(Reply.REASON, "TRANSITION_OPEN");
    }

    @Test
    void aReportIsAnsweredWithItsNonce() {
        Reply reply = courier.handle(request(Method.GET, "report", Map.of("nonce", "n-1"), new byte[0]));
        Reply wrong = courier.handle(request(Method.GET, "report", Map.of("nonce", "a b"), new byte[0]));
        Reply other = courier.handle(request(Method.EXEC, "report", Map.of(), new byte[0]));

        assertThat(reply.body()).isEqualTo("report n-1".getBytes(StandardCharsets.UTF_8));
        assertThat(wrong.code()).isEqualTo(400);
        assertThat(other.code()).isEqualTo(404);
    }

    @Test
    void aReportReachesTheOutboxOnceItIsThere() throws Exception {
        outboxThere = false;
        courier.begin();
        byte[] report = report();
        courier.reported(report);
        await().during(Duration.ofMillis(300)).until(sent::isEmpty);

        outboxThere = true;

        await().until(() -> sent.size() == 1);
        assertThat(sent.get(0).body()).isEqualTo(report);
        assertThat(sent.get(0).type()).isEqualTo("report");
        assertThat(server.posted).isEmpty();
    }

    @Test
    void whileTheBrokerIsAwayAReportGoesByHttps() throws Exception {
        connected = false;
        courier.begin();
        byte[] report = report();

        courier.reported(report);

        await().until(() -> server.posted.size() == 1);
        assertThat(server.posted.get(0)).isEqualTo(report);
    }

    /** A disk without room takes no report; what would make room may be what is assigned. */
    @Test
    void aReportThatNobodyTakesKeepsNobodyFromAsking() throws Exception {
        unsent = Optional.of(ConnectionCode.OUTBOX_UNWRITABLE);
        connected = false;
        server.answerToReports = 503;
        assign(7);
        byte[] report = report();
        courier.reported(report);
        courier.begin();

        await().until(() -> update.applied.size() == 1);

        unsent = Optional.empty();
        server.answerToReports = 0;
        await().until(() -> sent.size() == 1 && server.posted.size() == 1);
        assertThat(sent.get(0).body()).isEqualTo(report);
    }

    @Test
    void aReportThatTheDiskDamagedIsGivenUpAndThoseAfterItAreNot() throws Exception {
        Files.createDirectories(directory.resolve("reports"));
        Files.write(directory.resolve("reports/0000000000000000001.json"), new byte[] {0});
        byte[] report = report();
        courier.reported(report);
        courier.begin();

        await().until(() -> sent.size() == 1);

        assertThat(sent.get(0).body()).isEqualTo(report);
        await().until(() -> directory.resolve("reports").toFile().list().length == 0);
    }

    @Test
    void aReportThatFitsIntoNoMessageIsGivenUp() throws Exception {
        unsent = Optional.of(ConnectionCode.NOTIFICATION_TOO_LARGE);
        courier.reported(report());
        courier.begin();

        await().until(() -> directory.resolve("reports").toFile().list().length == 0);
    }

    @Test
    void aReportThatTheConsoleWillNeverTakeIsHandedInOnce() throws Exception {
        connected = false;
        server.answerToReports = 422;
        assign(7);
        courier.reported(report());
        courier.begin();

        await().until(() -> update.applied.size() == 1);
        int asked = server.asked.size();
        await().until(() -> server.asked.size() > asked + 2);

        assertThat(server.asked).containsOnlyOnce("POST reports");
    }

    @Test
    void progressIsToldByPhase() {
        News news = new News(() -> Optional.of(sent::add), () -> 0, 9);

        news.progress(new Progress("t1", Phase.STAGE, "one", 1, 4));
        news.progress(new Progress("t1", Phase.STAGE, "two", 2, 4));
        news.progress(new Progress("t1", Phase.SWAP, "three", 3, 4));

        assertThat(sent).hasSize(2);
        assertThat(sent.get(1).metrics())
                .containsEntry("operation.id", "t1")
                .containsEntry("job.id", 9L)
                .containsEntry("progress", 75)
                .containsEntry("message", "SWAP three");
    }

    @Test
    void progressThatCannotBeSentHarmsNothing() {
        Outbox full = notification -> {
            throw new ConnectionException(io.sekimori.connection.ConnectionCode.OUTBOX_UNWRITABLE, "full", null);
        };
        News news = new News(() -> Optional.of(full), () -> 0, 9);

        news.progress(new Progress("t1", Phase.STAGE, "one", 1, 4));
        assertThat(sent).isEmpty();
    }
}
