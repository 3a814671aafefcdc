package io.sekimori.itests.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekimori.control.socket.ControlClient;
import io.sekimori.itests.support.Part;
import io.sekimori.trust.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What hangs or dies takes the process with it, and the start script brings back the generation that was confirmed. */
class HangIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CRASHED = 99;

    @TempDir
    Path folder;

    private TestUnit unit;
    private GatewayChild gateway;

    @BeforeEach
    void aGateway() throws Exception {
        unit = TestUnit.make(folder, folder.resolve("unit"), Map.of("deadline.seconds", 5L, "settle.seconds", 4L));
        gateway = GatewayChild.start(unit.unit().directory());
        gateway.awaitReady();
    }

    @AfterEach
    void nothingIsLeftRunning() {
        gateway.close();
    }

    @Test
    void aStartThatHangsIsEndedByTheDeadline() throws Exception {
        JsonObject report = afterTheUpdate(unit.behaving("START_HANGS"), 2);

        assertThat(report.string("outcome")).isEqualTo("INTERRUPTED");
        assertThat(report.string("code")).isEqualTo("DEADLINE");
        assertGenerationOneRuns();
    }

    @Test
    void aStopThatHangsIsEndedByTheDeadline() throws Exception {
        Part hanging = unit.behaving("STOP_HANGS");
        TestUnit.answer(unit.client().apply(unit.pack(hanging), event -> {}));

        JsonObject report = afterTheUpdate(unit.well(), 2);

        assertThat(report.string("outcome")).isEqualTo("INTERRUPTED");
        assertThat(report.string("code")).isEqualTo("DEADLINE");
        assertThat(unit.confirmed()).isEqualTo(2);
        assertThat(unit.fixtures()).isEqualTo(List.of(hanging.version() + " ACTIVE"));
    }

    @Test
    void anUpdateThatNeedsANewProcessIsConfirmedByIt() throws Exception {
        Part next = unit.well().restart();

        JsonObject report = afterTheUpdate(next, 2);

        assertThat(report.string("outcome")).isEqualTo("CONFIRMED");
        assertThat(unit.confirmed()).isEqualTo(2);
        assertThat(unit.fixtures()).isEqualTo(List.of(next.version() + " ACTIVE"));
    }

    @Test
    void whatDoesNotStartInANewProcessIsTakenBackByAnother() throws Exception {
        JsonObject report = afterTheUpdate(unit.behaving("START_THROWS").restart(), 3);

        assertThat(report.string("outcome")).isEqualTo("REVERTED");
        assertGenerationOneRuns();
    }

    @Test
    void whatCrashesAtEveryStartIsGivenUpWhenItsTriesAreUsedUp() throws Exception {
        Path pack = unit.pack(unit.behaving("START_CRASHES").restart());
        new Crash().ask(unit.client(), pack, gateway, phase -> {});
        assertThat(gateway.awaitExit()).as("the first try").isEqualTo(CRASHED);
        gateway = GatewayChild.start(unit.unit().directory());
        assertThat(gateway.awaitExit()).as("the second and last try").isEqualTo(CRASHED);

        gateway = GatewayChild.start(unit.unit().directory());

        assertThat(gateway.awaitReady()).isEqualTo(1);
        assertThat(gateway.output()).contains("TRIES_USED_UP");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(unit.answers()).isTrue());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(unit.unit().transitionFile()).doesNotExist());
        JsonObject report = unit.transitions().get(0);
        assertThat(report.string("outcome")).isEqualTo("REVERTED");
        assertThat(report.string("code")).isEqualTo("FELL_BACK");
        assertThat(report.string("detail")).contains("TRIES_USED_UP");
        assertGenerationOneRuns();
    }

    /** Updates, waits for the gateway to have been ready that often, and answers the report of the update. */
    private JsonObject afterTheUpdate(Part edition, int readies) throws Exception {
        ControlClient.Reply reply = unit.client().apply(unit.pack(edition), event -> {});
        gateway.awaitReady(readies);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(unit.answers()).isTrue());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(unit.unit().transitionFile()).doesNotExist());
        assertThat(reply).as(gateway.output()).isInstanceOf(ControlClient.Reply.Answer.class);
        return unit.transitions().get(0);
    }

    private void assertGenerationOneRuns() throws Exception {
        assertThat(unit.confirmed()).isEqualTo(1);
        assertThat(unit.fixtures()).isEqualTo(List.of(unit.firstEdition().version() + " ACTIVE"));
        assertThat(gateway.stop()).isZero();
    }
}
