package io.sekimori.connection.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.connection.Allowance;
import io.sekimori.connection.ConnectionCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmallPartsTest {

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final LongUnaryOperator MOST = bound -> bound - 1;

    private final AtomicLong now = new AtomicLong();

    @Test
    void pausesDoubleUpToTheLongestAndBeginAnew() {
        Backoff backoff = new Backoff(MOST);

        List<Long> seconds = IntStream.range(0, 6)
                .mapToObj(i -> backoff.next(LEAST, LONGEST).toSeconds())
                .toList();
        backoff.reset();

        assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 10L, 10L);
        assertThat(backoff.next(LEAST, LONGEST)).isEqualTo(LEAST);
    }

    @Test
    void aPauseIsAnythingDownToNothingAndNeverOverflows() {
        Backoff least = new Backoff(bound -> 0);
        Backoff most = new Backoff(MOST);
        for (int i = 0; i < 100; i++) {
            assertThat(least.next(LEAST, LONGEST)).isZero();
            assertThat(most.next(LEAST, Duration.ofHours(1)))
                    .isLessThanOrEqualTo(Duration.ofHours(1))
                    .isPositive();
        }
    }

    @Test
    void anAllowanceFillsUpWithTimeAndNotBeyond() {
        Allowance allowance = new Allowance(2, Duration.ofNanos(10), now::get);

        assertThat(List.of(allowance.take(), allowance.take(), allowance.take()))
                .containsExactly(true, true, false);
        now.set(19);
        assertThat(List.of(allowance.take(), allowance.take())).containsExactly(true, false);
        now.set(20);
        assertThat(allowance.take()).isTrue();
        now.set(1_000);
        assertThat(List.of(allowance.take(), allowance.take(), allowance.take()))
                .containsExactly(true, true, false);
    }

    @Test
    void aFloodOfDropsLeavesAFewEntriesThatSayHowMany() {
        List<AuditEntry> audited = new ArrayList<>();
        AuditDesk desk = new AuditDesk(
                () -> Optional.of(entry -> {
                    audited.add(entry);
                    return new AuditReceipt(audited.size(), Instant.EPOCH, "0".repeat(64));
                }),
                Silence.LOG);
        Drops drops = new Drops(desk, now::get, work -> {});

        for (int i = 0; i < 1_000; i++) {
            drops.note(ConnectionCode.MESSAGE_MALFORMED, "topic\u0000" + "x".repeat(600), "bad\nluck");
        }
        drops.note(ConnectionCode.TOPIC_MALFORMED, "", "bad");
        now.set(Duration.ofMinutes(1).toNanos());
        drops.note(ConnectionCode.MESSAGE_MALFORMED, "topic", "bad");

        assertThat(audited).hasSize(7);
        assertThat(audited.get(0).subject()).startsWith("topic\uFFFDx").hasSize(500);
        assertThat(audited.get(0).detail()).containsEntry("why", "bad\uFFFDluck");
        assertThat(audited.get(5).subject()).isEqualTo("no topic");
        assertThat(audited.get(6).detail()).containsEntry("unrecorded", "995");
    }

    @Test
    void textFromOutsideIsCutBetweenCharacters() {
        assertThat(OutsideText.shown("a\uD83D\uDE00b", 2)).isEqualTo("a");
        assertThat(OutsideText.shown("a\uD83D\uDE00b", 3)).isEqualTo("a\uD83D\uDE00");
        assertThat(OutsideText.shown("\uD83D", 3)).isEqualTo("\uFFFD");
        assertThat(OutsideText.shown("", 3)).isEmpty();
    }
}
