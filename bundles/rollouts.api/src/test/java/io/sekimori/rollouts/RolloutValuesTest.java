package io.sekimori.rollouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sekimori.rollouts.BundleChange.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutValuesTest {

    private static final BundleChange CHANGE = new BundleChange("org.example.a", Optional.of("1.0.0"));

    @ParameterizedTest
    @CsvSource({"10%,100,10", "1%,3,1", "33%,10,4", "100%,7,7", "5,3,5"})
    void aShareIsRoundedUp(String text, int total, int size) {
        assertThat(WaveSize.parse(text).of(total)).isEqualTo(size);
        assertThat(WaveSize.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0%", "101%", "-1", "1.5", "ten", "9999999"})
    void aWaveThatIsNoneIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> WaveSize.parse(text));
    }

    @Test
    void aBundleIsChangedOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> draft("n", List.of(CHANGE, new BundleChange("org.example.a", Optional.empty()))));
        BundleChange runtime = new BundleChange(Kind.JAVA, "java17", Optional.of("17.0.0"));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        draft("n", List.of(runtime, new BundleChange(Kind.JAVA, "java21", Optional.of("21.0.0")))));
        assertThat(draft("n", List.of(CHANGE, new BundleChange(Kind.SLOT, "org.example.a", CHANGE.version()), runtime))
                        .changes())
                .hasSize(3);
        assertThatIllegalArgumentException().isThrownBy(() -> draft("n", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> draft("a\u0007", List.of(CHANGE)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 101})
    void aStartLevelIsOneOfABundleThatGetsAVersion(int level) {
        Optional<String> version = CHANGE.version();

        assertThat(new BundleChange(Kind.BUNDLE, "a", version, OptionalInt.of(100)).startLevel())
                .hasValue(100);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BundleChange(Kind.BUNDLE, "a", version, OptionalInt.of(level)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BundleChange(Kind.SLOT, "a", version, OptionalInt.of(5)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BundleChange(Kind.BUNDLE, "a", Optional.empty(), OptionalInt.of(5)));
    }

    @Test
    void aGatewayIsListedOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Selection.Listed(List.of("g-1", "g-1")));
        assertThatIllegalArgumentException().isThrownBy(() -> new Selection.Listed(List.of()));
    }

    @Test
    void countsHaveEveryStateAndAddUp() {
        Counts counts = new Counts(Map.of(TargetState.CONFIRMED, 2, TargetState.SILENT, 1));

        assertThat(counts.of()).hasSize(TargetState.values().length);
        assertThat(counts.plus(counts).total()).isEqualTo(6);
        assertThat(counts.open()).isZero();
    }

    private static Draft draft(String name, List<BundleChange> changes) {
        return new Draft(
                name,
                new Selection.Matching(Map.of()),
                changes,
                List.of(),
                Limits.STRICT,
                true,
                Duration.ofMinutes(10));
    }
}
