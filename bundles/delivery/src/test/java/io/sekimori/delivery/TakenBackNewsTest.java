package io.sekimori.delivery;

import static io.sekimori.delivery.AskingGateway.report;
import static io.sekimori.delivery.AskingGateway.taking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekimori.connection.Reply;
import io.sekimori.trust.Sha256;
import io.sekimori.update.OpenTransition;
import io.sekimori.update.Origin;
import io.sekimori.update.Phase;
import io.sekimori.update.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people or the console take back reaches the engine, whatever the gateway is about. */
class TakenBackNewsTest {

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

    /** Nothing waits, nothing is assigned even: it hears of it all the same, once for each that is new. */
    @Test
    void anIdleGatewayHearsWhatWasTakenBack() {
        gateway.courier.begin();
        await().until(() -> server.asked.size() > 1);
        assertThat(server.asked).doesNotContain("GET director/withdrawals.json");

        server.files.put("director/withdrawals.json", "one".getBytes(StandardCharsets.UTF_8));
        server.withdrawals = named("one");
        await().until(() -> gateway.heard.equals(List.of("one")));
        int asked = server.asked.size();
        await().until(() -> server.asked.size() > asked + 1);
        assertThat(gateway.heard).containsExactly("one");

        gateway.busy = true;
        server.files.put("director/withdrawals.json", "two".getBytes(StandardCharsets.UTF_8));
        server.withdrawals = named("two");
        await().until(() -> gateway.heard.size() > 2);
        gateway.busy = false;
        int brought = gateway.heard.size();
        await().until(() -> gateway.heard.size() == brought + 1);
        server.withdrawals = "a".repeat(65);
        int then = server.asked.size();
        await().until(() -> server.asked.size() > then + 1);
        assertThat(gateway.heard).hasSize(brought + 1).endsWith("two");
    }

    /** Two consoles side by side: one announces what the other does not have yet. */
    @Test
    void whatWasAnnouncedAndDidNotComeIsAskedForUntilItDoes() {
        server.files.put("director/withdrawals.json", "one".getBytes(StandardCharsets.UTF_8));
        server.withdrawals = named("two");
        gateway.courier.begin();
        await().until(() -> gateway.heard.size() > 2);
        assertThat(gateway.heard).containsOnly("one");

        server.files.put("director/withdrawals.json", "two".getBytes(StandardCharsets.UTF_8));
        await().until(() -> gateway.heard.contains("two"));
        int brought = gateway.heard.size();
        int then = server.asked.size();
        await().until(() -> server.asked.size() > then + 2);
        assertThat(gateway.heard).hasSize(brought).endsWith("two");
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
        gateway.courier.begin();

        await().until(() -> server.asked.size() > 3);

        assertThat(update.previewed).hasValue(0);
    }

    /** Whoever sends it by the broker only has it asked for: what ends the transition comes from the console and is judged. */
    @Test
    void whatTakesBackWhatIsOpenIsFetchedAndGivenToTheEngine() throws Exception {
        gateway.replaceCourier(new Settings(true, Duration.ofDays(1), 3));
        update.open = Optional.of(
                new OpenTransition("t0", 1, 2, Phase.STAGE, Instant.now(), new Origin("console", "console")));
        server.files.put("director/targets.json", taking(8, 7));

        Reply reply = gateway.put(taking(9, 7));

        assertThat(reply.code()).isEqualTo(200);
        assertThat(reply.metrics()).containsEntry("status", "ASKED");
        await().until(() -> update.takenBack.size() == 1);
        assertThat(update.takenBack.get(0).directorMetadata("targets.json", 100_000))
                .contains(taking(8, 7));
        assertThat(update.applied).isEmpty();

        update.open = Optional.empty();
        gateway.courier.reported(report());
        await().until(() -> update.applied.size() == 1);
    }

    @Test
    void whatTakesBackWhatIsNotOpenIsAppliedAsAnyAssignment() {
        assertThat(gateway.put(taking(9, 7)).metrics()).containsEntry("operation.id", "t1");
        assertThat(update.takenBack).isEmpty();
    }
}
