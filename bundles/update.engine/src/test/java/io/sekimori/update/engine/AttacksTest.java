package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.update.Origin;
import io.sekimori.update.Outcome;
import io.sekimori.update.Reason;
import io.sekimori.update.TransitionReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a unit says of those who tried. */
class AttacksTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void whatWasForgedIsToldWhoeverBroughtIt() {
        assertThat(seen(refused("TARGETS_SIGNATURES", "local", 1)))
                .containsExactly("ATTACK TARGETS_SIGNATURES by local, seen 1, last 2026-11-22T11:00:00Z");
    }

    @Test
    void whatIsOldIsToldOnlyOfAConsole() {
        assertThat(seen(refused("ASSIGNMENT_ROLLBACK", "page", 1))).isEmpty();
        assertThat(seen(refused("ASSIGNMENT_ROLLBACK", "console", 1))).hasSize(1);
    }

    @Test
    void triesOfOneKindAreOneLine() {
        assertThat(seen(refused("BELOW_FLOOR", "console", 1), refused("BELOW_FLOOR", "console", 2)))
                .containsExactly("ATTACK BELOW_FLOOR by console, seen 2, last 2026-11-22T11:00:00Z");
    }

    @Test
    void aPublisherThatHasYetToSignWithItsNewKeysIsNone() {
        assertThat(seen(refused("DELEGATED_SIGNATURES", "console", 1))).isEmpty();
    }

    @Test
    void faultsAndOldTriesAreNone() {
        assertThat(seen(
                        refused("DOWNLOAD_FAILED", "console", 1),
                        refused("TARGETS_SIGNATURES", "console", 7 * 24),
                        ended(new Outcome.Reverted(1, new Reason("UNHEALTHY", "")), "console", 1),
                        ended(new Outcome.Confirmed(2), "console", 1)))
                .isEmpty();
    }

    private static List<String> seen(TransitionReport... recent) {
        return Attacks.seen(List.of(recent), NOW);
    }

    private static TransitionReport refused(String code, String channel, int hoursAgo) {
        return ended(new Outcome.Refused(1, new Reason(code, "")), channel, hoursAgo);
    }

    private static TransitionReport ended(Outcome outcome, String channel, int hoursAgo) {
        Instant when = NOW.minus(Duration.ofHours(hoursAgo));
        return new TransitionReport("t", 1, 2, 7, new Origin("somebody", channel), when, when, outcome, List.of());
    }
}
