package io.sekimori.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetValuesTest {

    private static final RunningBundle A = new RunningBundle("org.example.a", "1.0.0", "a".repeat(64));
    private static final RunningBundle B = new RunningBundle("org.example.b", "1.0.0", "b".repeat(64));

    @ParameterizedTest
    @EnumSource(Life.class)
    void nobodyComesBackFromRetirement(Life next) {
        assertThat(Life.RETIRED.mayBecome(next)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Life.class)
    void onlyEnrolmentActivatesForTheFirstTime(Life life) {
        assertThat(life.mayBecome(Life.ACTIVATED)).isEqualTo(life == Life.SUSPENDED);
    }

    @Test
    void exactlyMeansNothingLessAndNothingElse() {
        DeviceReport report = report(List.of(A, B));

        assertThat(report.proves(Set.of(B, A), Set.of())).isTrue();
        assertThat(report.proves(Set.of(A), Set.of())).isFalse();
        assertThat(report.proves(Set.of(A, B, new RunningBundle("c", "1.0.0", "c".repeat(64))), Set.of()))
                .isFalse();
        assertThat(report.proves(Set.of(A, new RunningBundle("org.example.b", "1.0.0", "c".repeat(64))), Set.of()))
                .isFalse();
        assertThat(report.proves(Set.of(A, B), Set.of(A))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "ä", "a/b", "a\n", "[", "`", "{", "@"})
    void aBundleHasTheNameOfABundle(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RunningBundle(name, "1.0.0", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new RunningBundle("a" + name + " ", "1.0.0", ""));
    }

    @Test
    void namesAndHashesHaveTheirLength() {
        String longest = "aZ09._-".repeat(29).substring(0, 200);

        assertThat(new RunningBundle(longest, "1.0.0", "").symbolicName()).isEqualTo(longest);
        assertThatIllegalArgumentException().isThrownBy(() -> new RunningBundle(longest + "a", "1.0.0", ""));
        for (String hash : List.of("a".repeat(63), "a".repeat(65), "A".repeat(64), "g" + "a".repeat(63))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new RunningBundle("a", "1.0.0", hash));
        }
    }

    @Test
    void aConditionNobodyKnowsIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Filter.of(Map.of("colour", "red")));
        assertThatIllegalArgumentException().isThrownBy(() -> Filter.of(Map.of("life", "asleep")));
        assertThatIllegalArgumentException().isThrownBy(() -> Filter.of(Map.of("connected", "yes")));
        assertThatIllegalArgumentException().isThrownBy(() -> Filter.of(Map.of("version", "1.0.0")));
    }

    @Test
    void wordsBecomeAFilter() {
        Filter filter = Filter.of(Map.of("life", "activated", "connected", "true", "label", "site:tokyo"));

        assertThat(filter.life()).contains(Life.ACTIVATED);
        assertThat(filter.connected()).contains(true);
        assertThat(filter.label()).contains("site:tokyo");
        assertThat(filter.model()).isEmpty();
    }

    @Test
    void whatAGatewaySaysIsCutAndCleaned() {
        DeviceReport.Transition said = new DeviceReport.Transition(
                "t",
                1,
                2,
                1,
                DeviceReport.Outcome.REFUSED,
                "X",
                "a\u001b[2J" + "b".repeat(3_000),
                "",
                Instant.EPOCH,
                Optional.empty());

        assertThat(said.detail()).hasSize(2_000).doesNotContain("\u001b");
    }

    @Test
    void anActivationIsNeverPrintedAndCanBeWiped() {
        ActivationText text = new ActivationText("code".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(text.toString()).doesNotContain("code");
        text.close();
        assertThat(text.utf8()).containsOnly(0);
    }

    private static DeviceReport report(List<RunningBundle> bundles) {
        return report(bundles, true);
    }

    @Test
    void whatIsOnTrialProvesNothing() {
        assertThat(report(List.of(A), false).proves(Set.of(A), Set.of())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UNADMITTED a/1.0.0",
                "FILE_DIFFERS a/1.0.0",
                "FILE_UNREADABLE a/1.0.0",
                "STATE_UNREADABLE the count of forgeries cannot be read",
                "WHAT_NOBODY_KNOWS_YET",
                "ATTACKED not as the word says"
            })
    void whatIsNotAsSignedProvesNothing(String finding) {
        DeviceReport report = found(1, finding);

        assertThat(report.isAsSigned()).isFalse();
        assertThat(report.proves(Set.of(A), Set.of())).isFalse();
    }

    @Test
    void anAttackThatWasFendedOffChangesNothingOfWhatIsProved() {
        DeviceReport report = found(1, "ATTACK BELOW_FLOOR by console, seen 1, last 2026-11-22T00:00:00Z");

        assertThat(report.isAsSigned()).isTrue();
        assertThat(report.proves(Set.of(A), Set.of())).isTrue();
    }

    @Test
    void whoRunsNoGenerationThatItKnowsProvesNothing() {
        assertThat(found(0, "ATTACK TIME_SIGNATURE by console, seen 1").isAsSigned())
                .isFalse();
    }

    private static DeviceReport found(int generation, String finding) {
        return new DeviceReport(
                1, Instant.EPOCH, "", generation, true, 1, 1, List.of(A), List.of(finding), Optional.empty());
    }

    private static DeviceReport report(List<RunningBundle> bundles, boolean confirmed) {
        return new DeviceReport(1, Instant.EPOCH, "", 1, confirmed, 1, 1, bundles, List.of(), Optional.empty());
    }
}
