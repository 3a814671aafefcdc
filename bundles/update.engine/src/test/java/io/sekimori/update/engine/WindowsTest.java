package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When an update may begin by itself. 2026-11-22 is a Sunday. */
class WindowsTest {

    @Test
    void withoutAWindowItIsAlwaysOpen() {
        assertThat(Windows.of(List.of(), "UTC").open(Instant.EPOCH)).isTrue();
        assertThat(Windows.of(List.of(), "UTC").next(Instant.EPOCH)).isEmpty();
        assertThat(Windows.of(List.of(""), "UTC").open(Instant.EPOCH)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "* 02:00-04:00, UTC, 2026-11-22T01:59:59Z, false",
        "* 02:00-04:00, UTC, 2026-11-22T02:00:00Z, true",
        "* 02:00-04:00, UTC, 2026-11-22T03:59:59Z, true",
        "* 02:00-04:00, UTC, 2026-11-22T04:00:00Z, false",
        "* 02:00-04:00, Asia/Tokyo, 2026-11-21T17:00:00Z, true",
        "* 02:00-04:00, Asia/Tokyo, 2026-11-22T02:00:00Z, false",
        "FRI 22:00-04:00, UTC, 2026-11-21T03:59:00Z, true",
        "FRI 22:00-04:00, UTC, 2026-11-22T03:59:00Z, false",
        "SAT-MON 08:00-09:00, UTC, 2026-11-22T08:30:00Z, true",
        "SAT-MON 08:00-09:00, UTC, 2026-11-24T08:30:00Z, false",
        "SUN 00:00-00:00, UTC, 2026-11-22T23:59:59Z, true",
        "SUN 00:00-00:00, UTC, 2026-11-23T00:00:00Z, false"
    })
    void aWindowBeginsByTheClockOnTheWall(String line, String zone, Instant now, boolean open) {
        assertThat(Windows.of(List.of(line), zone).open(now)).isEqualTo(open);
    }

    @Test
    void daysMayBeListed() {
        Windows windows = Windows.of(List.of("MON,WED-THU 10:00-11:00"), "UTC");

        assertThat(windows.open(Instant.parse("2026-11-23T10:30:00Z"))).isTrue();
        assertThat(windows.open(Instant.parse("2026-11-24T10:30:00Z"))).isFalse();
        assertThat(windows.open(Instant.parse("2026-11-26T10:30:00Z"))).isTrue();
    }

    // In Berlin the clock went from 02:00 to 03:00 on 2026-03-29, a Sunday.
    @Test
    void aBeginningThatDoesNotExistComesWhenTheClockHasGoneOn() {
        Windows windows = Windows.of(List.of("* 02:30-03:30"), "Europe/Berlin");

        assertThat(windows.open(Instant.parse("2026-03-29T01:29:59Z"))).isFalse(); // 03:29:59
        assertThat(windows.open(Instant.parse("2026-03-29T01:30:00Z"))).isTrue(); // 03:30
        assertThat(windows.open(Instant.parse("2026-03-29T02:29:59Z"))).isTrue(); // it lasts an hour all the same
        assertThat(windows.open(Instant.parse("2026-03-29T02:30:00Z"))).isFalse();
    }

    // And from 03:00 back to 02:00 on 2026-10-25.
    @Test
    void aBeginningThatComesTwiceCountsOnce() {
        Windows windows = Windows.of(List.of("* 02:00-02:30"), "Europe/Berlin");

        assertThat(windows.open(Instant.parse("2026-10-25T00:15:00Z"))).isTrue(); // 02:15, the first
        assertThat(windows.open(Instant.parse("2026-10-25T01:15:00Z"))).isFalse(); // 02:15, the second
    }

    @Test
    void aWholeDayReachesOverAShortOne() {
        Windows windows = Windows.of(List.of("SAT 23:59-23:59"), "Europe/Berlin");

        assertThat(windows.open(Instant.parse("2026-03-29T22:58:00Z"))).isTrue(); // Monday 00:58
        assertThat(windows.open(Instant.parse("2026-03-29T22:59:00Z"))).isFalse();
    }

    @Test
    void theNextBeginningIsKnown() {
        Windows windows = Windows.of(List.of("SUN 02:00-04:00", "WED 02:00-04:00"), "UTC");

        assertThat(windows.next(Instant.parse("2026-11-22T02:00:00Z"))).contains(Instant.parse("2026-11-25T02:00:00Z"));
        assertThat(Windows.of(List.of("SUN 02:00-04:00"), "UTC").next(Instant.parse("2026-11-22T02:00:00Z")))
                .contains(Instant.parse("2026-11-29T02:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "02:00-04:00",
                "* 2:00-4:00",
                "* 25:00-26:00",
                "ANY 02:00-04:00",
                "MON-TUE-WED 02:00-04:00",
                "mon 02:00-04:00",
                "* 02:00 - 04:00",
                "MON, 02:00-04:00"
            })
    void whatIsNoWindowIsRefused(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> Windows.of(List.of(line), "UTC"));
    }

    @Test
    void whatIsNoZoneIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Windows.of(List.of(), "Mars/Base"));
        assertThatIllegalArgumentException().isThrownBy(() -> Windows.of(List.of(), ""));
    }
}
