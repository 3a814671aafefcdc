package io.sekimori.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.update.Outcome;
import io.sekimori.update.Reason;
import io.sekimori.update.TransitionReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgementTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Settings SETTINGS = new Settings(true, Duration.ofMinutes(5), 3);
    private static final Outcome REVERTED = new Outcome.Reverted(1, new Reason("UNHEALTHY", ""));

    private final List<TransitionReport> recent = new ArrayList<>();
    private Optional<String> hindrance = Optional.empty();

    private boolean worthATry(long assignment) {
        return new Judgement(SETTINGS, recent, hindrance).worthATry(assignment, NOW);
    }

    private void ended(long assignment, Outcome outcome, Duration ago) {
        recent.add(FakeUpdate.ended(assignment, outcome, NOW.minus(ago)));
    }

    @Test
    void whatWasNeverTriedIs() {
        ended(7, new Outcome.Confirmed(2), Duration.ofMinutes(1));

        assertThat(worthATry(8)).isTrue();
    }

    @Test
    void whatRunsIsNot() {
        ended(7, new Outcome.Confirmed(2), Duration.ofDays(1));
        ended(8, FakeUpdate.refused("NOTHING_TO_DO"), Duration.ofDays(1));

        assertThat(worthATry(7)).isFalse();
        assertThat(worthATry(8)).isFalse();
    }

    @Test
    void whatIsOlderThanWhatWasAcceptedIsOvertaken() {
        ended(8, FakeUpdate.refused("DEFERRED"), Duration.ofHours(1));
        ended(7, FakeUpdate.refused("OUTSIDE_WINDOW"), Duration.ofHours(2));

        assertThat(overtaken(7)).isTrue();
        assertThat(overtaken(8)).isFalse();
        assertThat(overtaken(9)).isFalse();
    }

    /** A number that somebody claims must not keep away what is below it. */
    @Test
    void whatWasOnlyClaimedOvertakesNothing() {
        ended(Long.MAX_VALUE, FakeUpdate.refused("ASSIGNMENT_SIGNATURES"), Duration.ofHours(1));
        ended(Long.MAX_VALUE - 1, FakeUpdate.refused("TIME_UNTRUSTED"), Duration.ofHours(1));

        assertThat(overtaken(7)).isFalse();
        ended(8, REVERTED, Duration.ofHours(1));
        assertThat(overtaken(7)).isTrue();
    }

    private boolean overtaken(long assignment) {
        return new Judgement(SETTINGS, recent, hindrance).overtaken(assignment);
    }

    @Test
    void whatTookBackIsDoneWithHoweverThatEnded() {
        ended(7, FakeUpdate.refused("TAKEN_BACK"), Duration.ofDays(1));
        ended(8, FakeUpdate.refused("TAKEN_BACK_TOO_LATE"), Duration.ofDays(1));

        assertThat(worthATry(7)).isFalse();
        assertThat(worthATry(8)).isFalse();
    }

    @Test
    void whatIsHinderedIsTriedOnceAndThenWhenNothingHindersIt() {
        hindrance = Optional.of("OUTSIDE_WINDOW");
        assertThat(worthATry(7)).isTrue(); // it is downloaded, and the console hears why it waits

        ended(7, FakeUpdate.refused("OUTSIDE_WINDOW"), Duration.ofHours(1));
        assertThat(worthATry(7)).isFalse();

        hindrance = Optional.empty();
        ended(7, FakeUpdate.refused("OUTSIDE_WINDOW"), Duration.ZERO);
        assertThat(worthATry(7)).isTrue();
    }

    @Test
    void aTimeThatIsNotKnownIsTriedAgainSinceWhatIsOfferedMayHealIt() {
        hindrance = Optional.of("TIME_UNTRUSTED");
        ended(7, FakeUpdate.refused("TIME_UNTRUSTED"), Duration.ofHours(1));

        assertThat(worthATry(7)).isTrue();
    }

    @Test
    void whatWouldNotBeBegunIsNotTried() {
        hindrance = Optional.of("ORIGIN_NOT_ALLOWED");

        assertThat(worthATry(7)).isFalse();
    }

    @Test
    void whatFailedIsLeftAloneForAWhile() {
        ended(7, REVERTED, Duration.ofSeconds(59));
        assertThat(worthATry(7)).isFalse();

        recent.clear();
        ended(7, REVERTED, Duration.ofSeconds(60));
        assertThat(worthATry(7)).isTrue();
    }

    @Test
    void whatFailedTooOftenIsNotTriedAgain() {
        for (int i = 1; i <= 3; i++) {
            ended(7, REVERTED, Duration.ofDays(i));
        }

        assertThat(worthATry(7)).isFalse();
        assertThat(worthATry(8)).isTrue();
    }

    @Test
    void whatFailedForAnOutsideCauseIsTriedForEver() {
        for (int i = 1; i <= 15; i++) {
            ended(7, FakeUpdate.refused("DOWNLOAD_FAILED"), Duration.ofDays(i));
        }

        assertThat(worthATry(7)).isTrue();
    }

    /** A permit comes, or its date, as what hinders from outside ends: an assignment that failed as often would be given up. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PERMIT_AHEAD",
                "FLOOR_RISEN",
                "WITHDRAWALS_UNUSABLE",
                "DISK_FULL",
                "CLOCK_WRONG",
                "APPROVALS_MISSING"
            })
    void aRefusalThatPassesIsTriedAgainAfterItsPauseHoweverOften(String code) {
        ended(7, FakeUpdate.refused(code), Duration.ofSeconds(59));
        assertThat(worthATry(7)).isFalse();
        recent.clear();

        ended(7, FakeUpdate.refused(code), Duration.ofSeconds(60));
        assertThat(worthATry(7)).isTrue();

        for (int i = 1; i <= 15; i++) {
            ended(7, FakeUpdate.refused(code), Duration.ofDays(i));
        }
        assertThat(new Judgement(SETTINGS, recent, hindrance).worthATry(7, NOW.plus(Duration.ofHours(6))))
                .isTrue();
        assertThat(new Judgement(SETTINGS, recent, hindrance).waits(7)).isTrue();
    }

    /** What another date does not change is given up: a permit that is over comes back by a new one, with a new assignment. */
    @Test
    void aPermitThatIsOverIsNot() {
        for (int i = 1; i <= 3; i++) {
            ended(7, FakeUpdate.refused("PERMIT_EXPIRED"), Duration.ofDays(i));
        }

        assertThat(worthATry(7)).isFalse();
    }

    @Test
    void aClockThatWasSetBackDelaysNothing() {
        ended(7, REVERTED, Duration.ofDays(-400));

        assertThat(worthATry(7)).isTrue();
    }
}
