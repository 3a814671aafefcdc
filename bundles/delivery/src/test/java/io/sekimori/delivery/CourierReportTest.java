package io.sekimori.delivery;

import static io.sekimori.delivery.AskingGateway.report;
import static io.sekimori.delivery.AskingGateway.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekimori.connection.ConnectionCode;
import io.sekimori.connection.Method;
import io.sekimori.connection.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of the engine reach the console, asked for, by the broker or by HTTPS; one that nobody takes stops nothing else. */
class CourierReportTest {

    @TempDir
    private Path directory;

    private AskingGateway gateway;
    private ConsoleServer server;
    private FakeUpdate update;

    @BeforeEach
    void begin() throws Exception {
        gateway = new AskingGateway(directory);
        server = gateway.server;
        update = gateway.update;
    }

    @AfterEach
    void end() {
        gateway.end();
    }

    @Test
    void aReportIsAnsweredWithItsNonce() {
        Reply reply = gateway.courier.handle(request(Method.GET, "report", Map.of("nonce", "n-1"), new byte[0]));
        Reply wrong = gateway.courier.handle(request(Method.GET, "report", Map.of("nonce", "a b"), new byte[0]));
        Reply other = gateway.courier.handle(request(Method.EXEC, "report", Map.of(), new byte[0]));

        assertThat(reply.body()).isEqualTo("report n-1".getBytes(StandardCharsets.UTF_8));
        assertThat(wrong.code()).isEqualTo(400);
        assertThat(other.code()).isEqualTo(404);
    }

    /** Each has a number, for which the disk is synced. */
    @Test
    void whoAsksWithoutEndGetsSoManyReportsAndNoMore() {
        int answered = 0;
        Reply last = Reply.done();
        for (int i = 0; i < 1_000; i++) {
            last = gateway.courier.handle(request(Method.GET, "report", Map.of("nonce", "n-" + i), new byte[0]));
            answered += last.code() == 200 ? 1 : 0;
        }

        assertThat(answered).isBetween(Numbers.AT_ONCE, Numbers.AT_ONCE + 20);
        assertThat(last.metrics()).containsEntry(Reply.REASON, "REQUESTS_TOO_MANY");
    }

    @Test
    void aReportReachesTheOutboxOnceItIsThere() throws Exception {
        gateway.outboxThere = false;
        gateway.courier.begin();
        byte[] report = report();
        gateway.courier.reported(report);
        await().during(Duration.ofMillis(300)).until(gateway.sent::isEmpty);

        gateway.outboxThere = true;

        await().until(() -> gateway.sent.size() == 1);
        assertThat(gateway.sent.get(0).body()).isEqualTo(report);
        assertThat(gateway.sent.get(0).type()).isEqualTo("report");
        assertThat(server.posted).isEmpty();
    }

    @Test
    void whileTheBrokerIsAwayAReportGoesByHttps() throws Exception {
        gateway.connected = false;
        gateway.courier.begin();
        byte[] report = report();

        gateway.courier.reported(report);

        await().until(() -> server.posted.size() == 1);
        assertThat(server.posted.get(0)).isEqualTo(report);
    }

    /** A disk without room takes no report; what would make room may be what is assigned. */
    @Test
    void aReportThatNobodyTakesKeepsNobodyFromAsking() throws Exception {
        gateway.unsent = Optional.of(ConnectionCode.OUTBOX_UNWRITABLE);
        gateway.connected = false;
        server.answerToReports = 503;
        gateway.assign(7);
        byte[] report = report();
        gateway.courier.reported(report);
        gateway.courier.begin();

        await().until(() -> !update.applied.isEmpty());

        gateway.unsent = Optional.empty();
        server.answerToReports = 0;
        await().until(() -> gateway.sent.size() == 1 && server.posted.size() == 1);
        assertThat(gateway.sent.get(0).body()).isEqualTo(report);
    }

    @Test
    void aReportThatTheDiskDamagedIsGivenUpAndThoseAfterItAreNot() throws Exception {
        Files.createDirectories(directory.resolve("reports"));
        Files.write(directory.resolve("reports/0000000000000000001.json"), new byte[] {0});
        byte[] report = report();
        gateway.courier.reported(report);
        gateway.courier.begin();

        await().until(() -> gateway.sent.size() == 1);

        assertThat(gateway.sent.get(0).body()).isEqualTo(report);
        await().until(() -> directory.resolve("reports").toFile().list().length == 0);
    }

    @Test
    void aReportThatFitsIntoNoMessageIsGivenUp() throws Exception {
        gateway.unsent = Optional.of(ConnectionCode.NOTIFICATION_TOO_LARGE);
        gateway.courier.reported(report());
        gateway.courier.begin();

        await().until(() -> directory.resolve("reports").toFile().list().length == 0);
    }

    @Test
    void aReportThatTheConsoleWillNeverTakeIsHandedInOnce() throws Exception {
        gateway.connected = false;
        server.answerToReports = 422;
        gateway.assign(7);
        gateway.courier.reported(report());
        gateway.courier.begin();

        await().until(() -> !update.applied.isEmpty());
        int asked = server.asked.size();
        await().until(() -> server.asked.size() > asked + 2);

        assertThat(server.asked).containsOnlyOnce("POST reports");
    }
}
