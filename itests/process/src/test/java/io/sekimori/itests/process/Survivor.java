package io.sekimori.itests.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekimori.control.socket.ControlClient;
import io.sekimori.generation.Verification;
import io.sekimori.itests.support.Part;
import io.sekimori.trust.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What must hold of a gateway after each update, whatever befell it: one of the two generations runs, whole and confirmed,
 * what is reported is what happened, and what it signs for a console is that. Confined to one thread.
 */
final class Survivor {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ENGINE = "io.sekimori.update.engine";
    private static final String CONFIRMED = "CONFIRMED";

    /** What befell an update. */
    enum Fault {
        NONE,
        KILL,
        DISK
    }

    private final TestUnit unit;
    private final Testimony testimony;
    private Part runs;
    private int generation;

    /** @param generation the one that runs before the first update */
    Survivor(TestUnit unit, int generation) {
        this.unit = unit;
        this.testimony = new Testimony(unit);
        this.runs = unit.firstEdition();
        this.generation = generation;
    }

    /** Looks at it once it has come to rest. */
    void demandTruth(GatewayChild gateway, Crash crash, Part next, Fault fault, String what) throws Exception {
        awaitRest();
        int confirmed = unit.confirmed();
        boolean forward = confirmed != generation;
        demandWhole(gateway, confirmed, forward ? next : runs, what);
        if (crash.id().isPresent()) {
            demandTrueReport(report(crash.id().get()), confirmed, forward, fault, what);
        }
        if (said(crash).equals(CONFIRMED)) {
            assertThat(forward).as(what + ", after it was said to be confirmed").isTrue();
        }
        if (fault == Fault.NONE) {
            assertThat(crash.reply())
                    .as(what + "\n" + gateway.output())
                    .containsInstanceOf(ControlClient.Reply.Answer.class);
            assertThat(forward).as(what).isTrue();
        }
        if (forward) {
            generation = confirmed;
            runs = next;
        }
    }

    /** Looks at it after a start that no update went before: it is what it was. */
    void demandTheSame(GatewayChild gateway, String what) throws Exception {
        awaitRest();
        assertThat(unit.confirmed()).as(what).isEqualTo(generation);
        demandWhole(gateway, generation, runs, what);
    }

    private void awaitRest() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(unit.unit().transitionFile()).doesNotExist());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(unit.answers()).isTrue());
    }

    private void demandWhole(GatewayChild gateway, int confirmed, Part fixture, String what) throws Exception {
        Verification verification = unit.verify(confirmed);
        assertThat(verification).as(what).isInstanceOf(Verification.Verified.class);
        assertThat(unit.fixtures()).as(what).isEqualTo(List.of(fixture.version() + " ACTIVE"));
        assertThat(unit.states(ENGINE)).as(what).hasSize(1).allMatch(state -> state.endsWith(" ACTIVE"));
        assertThat(gateway.output()).as(what).doesNotContain("bundles not started");
        testimony.demandProof((Verification.Verified) verification, fixture, what);
    }

    private void demandTrueReport(Optional<JsonObject> report, int confirmed, boolean forward, Fault fault, String what)
            throws Exception {
        if (report.isEmpty()) {
            // It ended before the journal was written: nothing was begun that could be reported.
            assertThat(forward || fault == Fault.NONE).as(what + ": no report").isFalse();
            return;
        }
        assertThat(report.get().number("running")).as(what).isEqualTo(confirmed);
        assertThat(report.get().number("from")).as(what).isEqualTo(generation);
        assertThat(report.get().string("outcome").equals(CONFIRMED))
                .as(what + ": " + report.get().asMap())
                .isEqualTo(forward);
    }

    /** The outcome that whoever asked was told; empty if nobody was told one. */
    private static String said(Crash crash) {
        return crash.reply()
                .filter(ControlClient.Reply.Answer.class::isInstance)
                .map(reply ->
                        ((ControlClient.Reply.Answer) reply).members().asMap().get("outcome"))
                .map(Object::toString)
                .orElse("");
    }

    private Optional<JsonObject> report(String id) throws Exception {
        for (JsonObject each : unit.transitions()) {
            if (each.string("id").equals(id)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
