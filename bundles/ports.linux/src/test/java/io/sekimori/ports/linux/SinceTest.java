package io.sekimori.ports.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.ports.PortCode;
import io.sekimori.ports.PortFinding;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SinceTest {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Since.Found OPEN = new Since.Found(PortCode.PORT_UNDECLARED, "tcp 1");
    private static final Since.Found CLOSED = new Since.Found(PortCode.PORT_MISSING, "tcp 2");

    private final Since since = new Since();

    @Test
    void aFindingKeepsItsTimeUntilItIsGone() {
        since.of(List.of(OPEN), NOON);

        assertThat(since.of(List.of(OPEN), NOON.plusSeconds(60)))
                .extracting(PortFinding::since)
                .containsExactly(NOON);
        since.of(List.of(), NOON.plusSeconds(70));
        assertThat(since.of(List.of(OPEN), NOON.plusSeconds(80)))
                .extracting(PortFinding::since)
                .containsExactly(NOON.plusSeconds(80));
    }

    @Test
    void aBundleMayTakeAMomentUntilItListens() {
        assertThat(since.of(List.of(CLOSED), NOON)).isEmpty();
        assertThat(since.of(List.of(CLOSED), NOON.plus(Since.GRACE))).hasSize(1);
    }

    @Test
    void aClockThatIsPutBackLeavesNoTimeInTheFuture() {
        since.of(List.of(OPEN), NOON);

        assertThat(since.of(List.of(OPEN), NOON.minusSeconds(60)))
                .extracting(PortFinding::since)
                .containsExactly(NOON.minusSeconds(60));
    }
}
