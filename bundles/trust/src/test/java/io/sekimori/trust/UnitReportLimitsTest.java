package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a report cannot say, whoever wrote it. */
class UnitReportLimitsTest {

    private static final String HASH = "a".repeat(64);

    @Test
    void aReportIsOfADeviceAndAModelAndCounted() {
        assertThat(report(HASH, "M-1", 1).sequence()).isEqualTo(1);

        refused(() -> report("a".repeat(63), "M-1", 1));
        refused(() -> report(HASH, "no\nmodel", 1));
        refused(() -> report(HASH, "M-1", 0));
    }

    @Test
    void itIsConfirmedIfWhatRunsIs() {
        assertThat(running(3, 3, 1)).matches(running -> report(running).confirmed());
        assertThat(running(3, 2, 1)).matches(running -> !report(running).confirmed());
    }

    @ParameterizedTest
    @CsvSource({"-1, 0, 0", "0, -1, 0", "0, 0, -1"})
    void whatRunsHasNoNumberBelowZero(int generation, int confirmed, long assignment) {
        assertThat(running(0, 0, 0).assignment()).isZero();

        refused(() -> running(generation, confirmed, assignment));
    }

    @Test
    void aJarIsNamedLikeOneOfARelease() {
        new UnitReport.Item("org.example", "1.0.0", "", 1);
        new UnitReport.Item("org.example", "1.0.0", HASH, 100);

        refused(() -> new UnitReport.Item("org/example", "1.0.0", HASH, 1));
        refused(() -> new UnitReport.Item("org.example", "one", HASH, 1));
        refused(() -> new UnitReport.Item("org.example", "1.0.0", "b", 1));
        refused(() -> new UnitReport.Item("org.example", "1.0.0", HASH, 0));
        refused(() -> new UnitReport.Item("org.example", "1.0.0", HASH, 101));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void noTrustedVersionIsBelowZero(int which) {
        assertThat(trusted(-1).assignment()).isZero();

        refused(() -> trusted(which));
    }

    @Test
    void attacksAreCountedFromZero() {
        assertThat(new UnitReport.Noted(0, List.of())).isEqualTo(UnitReport.Noted.NOTHING);

        refused(() -> new UnitReport.Noted(-1, List.of()));
    }

    @Test
    void outcomesAndCodesAreWords() {
        assertThat(last("REVERTED", "").code()).isEmpty();

        refused(() -> last("reverted", ""));
        refused(() -> last("", ""));
        refused(() -> last("REVERTED", "no code"));
    }

    @Test
    void itListsAsManyJarsAsAnAssignmentMayHaveAndNoMore() throws Exception {
        assertThat(listing(4_096).running().bundles()).hasSize(4_096);

        assertThat(catchThrowable(() -> listing(4_097)))
                .isInstanceOf(MalformedJson.class)
                .hasMessageContaining("more than 4096");
    }

    @Test
    void aKeyOfAWrongFormVerifiesNothing() {
        assertThat(SignedReport.verifies("EC_P256", new byte[10], new byte[1], new byte[70]))
                .isFalse();
    }

    private static UnitReport listing(int jars) throws Exception {
        List<UnitReport.Item> items =
                new ArrayList<>(Collections.nCopies(jars, new UnitReport.Item("org.example", "1.0.0", HASH, 1)));
        UnitReport report = report(new UnitReport.Running(1, 1, 1, items, List.of(), Map.of()));
        return UnitReportJson.read(JsonObject.parse(JsonText.bytes(UnitReportJson.members(report))));
    }

    private static UnitReport report(UnitReport.Running running) {
        return new UnitReport(
                HASH, "M-1", "1", running, trusted(-1), Optional.empty(), List.of(), Instant.EPOCH, 1, "");
    }

    private static UnitReport report(String device, String model, long sequence) {
        return new UnitReport(
                device,
                model,
                "1",
                running(1, 1, 1),
                trusted(-1),
                Optional.empty(),
                List.of(),
                Instant.EPOCH,
                sequence,
                "");
    }

    private static UnitReport.Running running(int generation, int confirmed, long assignment) {
        return new UnitReport.Running(generation, confirmed, assignment, List.of(), List.of(), Map.of());
    }

    private static UnitReport.Trusted trusted(int below) {
        long[] versions = new long[6];
        if (below >= 0) {
            versions[below] = -1;
        }
        return new UnitReport.Trusted(versions[0], versions[1], versions[2], versions[3], versions[4], versions[5]);
    }

    private static UnitReport.Last last(String outcome, String code) {
        return new UnitReport.Last(
                "id", 1, 2, 1, outcome, 1, code, "", "", "", Instant.EPOCH, Instant.EPOCH, Optional.empty(), List.of());
    }

    private static void refused(Runnable making) {
        assertThatIllegalArgumentException().isThrownBy(making::run);
    }
}
