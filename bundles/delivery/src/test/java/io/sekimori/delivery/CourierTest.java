package io.sekimori.delivery;

import static io.sekimori.delivery.AskingGateway.OFTEN;
import static io.sekimori.delivery.AskingGateway.assignment;
import static io.sekimori.delivery.AskingGateway.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekimori.connection.Reply;
import io.sekimori.update.OpenTransition;
import io.sekimori.update.Origin;
import io.sekimori.update.Outcome;
import io.sekimori.update.Phase;
import io.sekimori.update.Plan;
import io.sekimori.update.PlanAnswer;
import io.sekimori.update.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway asks its console for what is assigned to it, and hands that to the engine when it may. */
class CourierTest {

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
    void whatTheConsoleHasIsHandedToTheEngineOnce() {
        gateway.assign(7);
        gateway.courier.begin();

        await().until(() -> update.applied.size() == 1);
        update.add(FakeUpdate.ended(7, new Outcome.Confirmed(2), Instant.now()));
        int asked = server.asked.size();
        await().until(() -> server.asked.size() > asked + 1);
        assertThat(update.applied).hasSize(1);

        gateway.assign(8);
        await().until(() -> update.applied.size() == 2);
    }

    @Test
    void whatWaitsIsLookedAtOnceForThoseWhoAreToHaveItInstalled() {
        gateway.assign(7);
        update.add(FakeUpdate.ended(7, FakeUpdate.refused("INSTALL_BY_HAND"), Instant.now()));
        update.hindrance = Optional.of(new Reason("INSTALL_BY_HAND", ""));
        gateway.courier.begin();

        await().until(() -> update.previewed.get() > 1); // what did not answer is asked again
        assertThat(gateway.courier.foretold(7)).isEmpty();
        update.preview = new PlanAnswer.Planned(plan());
        await().until(() -> gateway.courier.foretold(7).isPresent());
        int looked = update.previewed.get();
        int asked = server.asked.size();
        await().until(() -> server.asked.size() > asked + 2);

        assertThat(update.previewed).hasValue(looked);
        assertThat(gateway.courier.foretold(7).orElseThrow())
                .containsEntry("restart", false)
                .containsEntry("interruptions", List.of(Map.of("symbolicName", "org.example.bus", "aboutMillis", 80L)))
                .containsEntry("remedies", List.of(Map.of("en", "A door was open.", "ja", "")));
        assertThat(gateway.courier.foretold(8)).isEmpty();
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
        gateway.replaceCourier(new Settings(true, Duration.ofDays(1), 3));
        gateway.assign(7);
        update.add(FakeUpdate.ended(7, FakeUpdate.refused("APPROVALS_MISSING"), Instant.now()));
        gateway.courier.begin();
        await().until(() -> server.asked.contains("GET director/approvals.json"));
        assertThat(update.applied).isEmpty();

        server.files.put("director/approvals.json", new byte[] {1});
        assertThat(gateway.put(assignment(7)).code())
                .isEqualTo(409); // the console sends it again, and it looks at once
        await().until(() -> update.applied.size() == 1);
        update.add(FakeUpdate.ended(7, FakeUpdate.refused("APPROVALS_EXPIRED"), Instant.now()));
        server.asked.clear();
        gateway.put(assignment(7));
        await().until(() -> server.asked.contains("GET director/approvals.json"));

        server.files.put("director/approvals.json", new byte[] {2});
        gateway.courier.askSoon();
        await().until(() -> update.applied.size() == 2);
    }

    @Test
    void anAssignmentThatComesDuringATransitionWaitsForItsEnd() throws Exception {
        gateway.replaceCourier(new Settings(true, Duration.ofDays(1), 3));
        update.open =
                Optional.of(new OpenTransition("t0", 1, 2, Phase.SWAP, Instant.now(), new Origin("local:root", "usb")));
        gateway.assign(7);
        gateway.courier.begin();
        await().until(() -> server.asked.size() == 1);
        assertThat(update.applied).isEmpty();

        update.open = Optional.empty();
        gateway.courier.reported(report());

        // The first question may still be on its way when the transition ends, and finds it ended as well.
        await().until(() -> !update.applied.isEmpty());
    }

    @Test
    void whoIsNotEnrolledAsksNobody() {
        gateway.enrolled = false;
        gateway.courier.begin();
        await().during(Duration.ofMillis(300)).until(() -> server.asked.isEmpty());

        gateway.enrolled = true;
        gateway.courier.askSoon();

        await().until(() -> !server.asked.isEmpty());
    }

    @Test
    void aConsoleThatIsAwayIsAskedAgain() {
        server.answer = 503;
        gateway.assign(7);
        gateway.courier.begin();
        await().until(() -> server.asked.size() >= 2);

        server.answer = 0;

        await().until(() -> update.applied.size() == 1);
    }

    /** What was set for a day later does not have to pass first, nor does it come on top. */
    @Test
    void anotherRhythmCountsAtOnceAndAlone() {
        gateway.replaceCourier(new Settings(true, Duration.ofDays(1), 3));
        gateway.courier.begin();
        await().until(() -> rounds() == 1);

        gateway.courier.change(new Settings(true, OFTEN, 3));
        await().until(() -> rounds() > 4);

        long before = rounds();
        gateway.courier.change(new Settings(true, Duration.ofDays(1), 3));
        await().until(() -> rounds() > before);
        long after = rounds();
        await().during(OFTEN.multipliedBy(3)).until(() -> rounds() == after);
    }

    private long rounds() {
        return server.asked.stream().filter("GET director/targets.json"::equals).count();
    }

    @Test
    void switchedOffNothingIsTaken() {
        gateway.courier.change(new Settings(false, OFTEN, 3));
        gateway.assign(7);
        gateway.courier.begin();

        Reply reply = gateway.put(assignment(7));

        assertThat(reply.code()).isEqualTo(403);
        assertThat(reply.metrics()).containsEntry(Reply.REASON, "CONSOLE_UPDATES_OFF");
        assertThat(update.applied).isEmpty();
    }
}
