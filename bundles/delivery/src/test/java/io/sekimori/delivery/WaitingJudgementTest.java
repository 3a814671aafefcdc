package io.sekimori.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.update.Outcome;
import io.sekimori.update.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which assignments wait, and for whom. */
class WaitingJudgementTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Settings SETTINGS = new Settings(true, Duration.ofMinutes(5), 3);
    private static final Reason ENDED = new Reason("PROCESS_ENDED", "");
    private static final Reason UNHEALTHY = new Reason("UNHEALTHY", "");

    /** After these tries of assignment 7, the newest first, each a day after the one before. */
    private static Judgement after(Outcome... tries) {
        return hindered(Optional.empty(), tries);
    }

    private static Judgement hindered(Optional<String> hindrance, Outcome... tries) {
        List<Outcome> newest = List.of(tries);
        return new Judgement(
                SETTINGS,
                newest.stream()
                        .map(outcome ->
                                FakeUpdate.ended(7, outcome, NOW.minus(Duration.ofDays(1L + newest.indexOf(outcome)))))
                        .toList(),
                hindrance);
    }

    @Test
    void whatWasNeverTriedWaitsOnlyIfSomethingHindersIt() {
        assertThat(hindered(Optional.of("DEFERRED")).waits(7)).isTrue();
        assertThat(after().waits(7)).isFalse();
    }

    @Test
    void whatWasTriedWaitsIfItsLastTryEndedForACauseThatGoesAway() {
        assertThat(after(FakeUpdate.refused("DISK_FULL")).waits(7)).isTrue();
        assertThat(after(FakeUpdate.refused("OUTSIDE_WINDOW")).waits(7)).isTrue();
        assertThat(after(new Outcome.Interrupted(1, ENDED)).waits(7)).isTrue();

        assertThat(after(FakeUpdate.refused("PERMIT_EXPIRED")).waits(7)).isFalse();
        assertThat(after(new Outcome.Interrupted(1, UNHEALTHY)).waits(7)).isFalse();
        assertThat(after(new Outcome.Reverted(1, UNHEALTHY), FakeUpdate.refused("DISK_FULL"))
                        .waits(7))
                .isFalse();
        assertThat(after(new Outcome.Cancelled(1)).waits(7)).isFalse();
    }

    @Test
    void whatIsDoneWithDoesNotWait() {
        assertThat(after(new Outcome.Confirmed(2)).waits(7)).isFalse();
        assertThat(after(FakeUpdate.refused("DISK_FULL"), new Outcome.Confirmed(2))
                        .waits(7))
                .isFalse();
        assertThat(hindered(Optional.of("DEFERRED"), FakeUpdate.refused("TAKEN_BACK"))
                        .waits(7))
                .isFalse();
    }

    /** What is said of one assignment says nothing of another. */
    @Test
    void whatAnotherEndedWithIsNothingToIt() {
        assertThat(after(FakeUpdate.refused("DISK_FULL")).waits(8)).isFalse();
        assertThat(hindered(Optional.of("DEFERRED"), new Outcome.Confirmed(2)).waits(8))
                .isTrue();
        assertThat(after(FakeUpdate.refused("APPROVALS_MISSING")).unapproved(8)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "APPROVALS_MISSING",
                "APPROVALS_EXPIRED",
                "APPROVALS_OTHER",
                "APPROVALS_BROKEN",
                "APPROVALS_WITHDRAWN"
            })
    void peopleAreAskedIfItsLastTryEndedForWantOfThem(String code) {
        assertThat(after(FakeUpdate.refused(code), FakeUpdate.refused("DISK_FULL"))
                        .unapproved(7))
                .isTrue();
    }

    @Test
    void peopleAreNotAskedForWhatEndedOtherwise() {
        assertThat(after().unapproved(7)).isFalse();
        assertThat(after(FakeUpdate.refused("DISK_FULL"), FakeUpdate.refused("APPROVALS_MISSING"))
                        .unapproved(7))
                .isFalse();
        assertThat(after(new Outcome.Confirmed(2)).unapproved(7)).isFalse();
        assertThat(after(new Outcome.Interrupted(1, new Reason("APPROVALS_MISSING", "")))
                        .unapproved(7))
                .isFalse();
    }

    @Test
    void whatRanOrWasTriedHereWasAccepted() {
        Stream.of(
                        new Outcome.Confirmed(2),
                        new Outcome.Reverted(1, UNHEALTHY),
                        FakeUpdate.refused("NOTHING_TO_DO"),
                        FakeUpdate.refused("TAKEN_BACK"),
                        FakeUpdate.refused("APPROVALS_MISSING"))
                .forEach(outcome -> assertThat(after(outcome).overtaken(6))
                        .as("%s", outcome)
                        .isTrue());
    }

    @Test
    void whatEndedBeforeItsNumberWasVerifiedWasNot() {
        Stream.of(
                        new Outcome.Cancelled(1),
                        new Outcome.Interrupted(1, ENDED),
                        FakeUpdate.refused("DOWNLOAD_FAILED"),
                        FakeUpdate.refused("TIME_UNTRUSTED"))
                .forEach(outcome -> assertThat(after(outcome).overtaken(6))
                        .as("%s", outcome)
                        .isFalse());
    }

    /** A process that ends in the middle says nothing of what was assigned, and a person who ends a transition does. */
    @Test
    void whatWasInterruptedFromOutsideIsNoFailedTry() {
        Outcome[] interrupted = {
            new Outcome.Interrupted(1, ENDED),
            new Outcome.Interrupted(2, ENDED),
            new Outcome.Interrupted(3, ENDED),
            new Outcome.Interrupted(4, ENDED)
        };
        assertThat(after(interrupted).worthATry(7, NOW)).isTrue();

        Outcome[] cancelled = {new Outcome.Cancelled(1), new Outcome.Cancelled(2), new Outcome.Cancelled(3)};
        assertThat(after(cancelled).worthATry(7, NOW)).isFalse();
        assertThat(after(cancelled[0], cancelled[1], interrupted[0]).worthATry(7, NOW))
                .isTrue();
    }

    @Test
    void whatTheEngineWouldNotBeginIsNotWorthATryWhateverItIs() {
        assertThat(hindered(Optional.of("UPDATES_DISABLED")).worthATry(7, NOW)).isFalse();
        assertThat(hindered(Optional.of("ORIGIN_NOT_ALLOWED"), FakeUpdate.refused("DISK_FULL"))
                        .worthATry(7, NOW))
                .isFalse();
    }
}
