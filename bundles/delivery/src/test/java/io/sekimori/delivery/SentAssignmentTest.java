package io.sekimori.delivery;

import static io.sekimori.delivery.AskingGateway.assignment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekimori.connection.Method;
import io.sekimori.connection.Reply;
import io.sekimori.update.OpenTransition;
import io.sekimori.update.Origin;
import io.sekimori.update.Outcome;
import io.sekimori.update.Phase;
import io.sekimori.update.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An assignment that the console sends by the broker is judged as one that was fetched. */
class SentAssignmentTest {

    @TempDir
    private Path directory;

    private AskingGateway gateway;
    private FakeUpdate update;

    @BeforeEach
    void begin() throws Exception {
        gateway = new AskingGateway(directory);
        update = gateway.update;
    }

    @AfterEach
    void end() {
        gateway.end();
    }

    @Test
    void anAssignmentThatIsSentIsJudgedAsOneThatWasFetched() throws Exception {
        Reply reply = gateway.put(assignment(9));

        assertThat(reply.code()).isEqualTo(200);
        assertThat(reply.metrics()).containsEntry("operation.id", "t1");
        assertThat(update.applied.get(0).directorMetadata("targets.json", 100_000))
                .contains(assignment(9));
    }

    @Test
    void whatIsNoAssignmentIsRefused() {
        for (String body :
                new String[] {"", "{}", "[]", "{\"signed\":{\"version\":0}}", "{\"signed\":{\"version\":\"1\"}}"}) {
            assertThat(gateway.put(body.getBytes(StandardCharsets.UTF_8)).metrics())
                    .as(body)
                    .containsEntry(Reply.REASON, "ASSIGNMENT_MALFORMED");
        }
        assertThat(update.applied).isEmpty();
    }

    /** It waited at the broker while the gateway asked by itself: no sign of an attack, and nothing to try. */
    @Test
    void anAssignmentThatComesAfterANewerOneIsNotTried() {
        update.add(FakeUpdate.ended(9, FakeUpdate.refused("DEFERRED"), Instant.now()));

        assertThat(gateway.put(assignment(8)).metrics()).containsEntry(Reply.REASON, "ASSIGNMENT_NOT_NEWER");
        assertThat(update.applied).isEmpty();
    }

    @Test
    void anAssignmentThatWasTriedIsRefusedAtOnce() {
        update.add(FakeUpdate.ended(9, new Outcome.Confirmed(2), Instant.now()));

        assertThat(gateway.put(assignment(9)).metrics()).containsEntry(Reply.REASON, "ASSIGNMENT_NOT_NEWER");
    }

    @Test
    void whatThePolicyHindersIsSaidSo() {
        update.add(FakeUpdate.ended(9, FakeUpdate.refused("OUTSIDE_WINDOW"), Instant.now()));
        update.hindrance = Optional.of(new Reason("OUTSIDE_WINDOW", "the next window opens later"));

        assertThat(gateway.put(assignment(9)).metrics()).containsEntry(Reply.REASON, "OUTSIDE_WINDOW");
        assertThat(update.applied).isEmpty();
    }

    /** Of a flood few are looked at, and the genuine one may not be among them. */
    @Test
    void whateverIsRefusedHasTheConsoleAsked() throws Exception {
        gateway.assign(9);

        assertThat(gateway.courier
                        .handle(AskingGateway.request(Method.EXEC, "anything", Map.of(), new byte[0]))
                        .code())
                .isEqualTo(404);

        await().until(() -> update.applied.size() == 1);
    }

    @Test
    void howeverManyAreRefusedOneQuestionIsToCome() throws Exception {
        gateway.server.gate = new CountDownLatch(1);
        gateway.courier.askSoon();
        await().until(() -> questions() == 1);

        for (int i = 0; i < 120; i++) {
            gateway.put(new byte[0]);
        }
        gateway.server.gate.countDown();

        await().during(Duration.ofMillis(500)).until(() -> questions() == 2);
        gateway.put(new byte[0]);
        await().until(() -> questions() == 3);
    }

    @Test
    void duringATransitionTheEngineSaysWhy() {
        update.open =
                Optional.of(new OpenTransition("t0", 1, 2, Phase.SWAP, Instant.now(), new Origin("local:root", "usb")));

        assertThat(gateway.put(assignment(9)).metrics()).containsEntry(Reply.REASON, "TRANSITION_OPEN");
    }

    private long questions() {
        return List.copyOf(gateway.server.asked).stream()
                .filter("GET director/targets.json"::equals)
                .count();
    }
}
