package io.sekimori.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetCodeTest {

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void everyCodeHasAdviceAndNothingElseDoes(String language) {
        ResourceBundle advice = ResourceBundle.getBundle(
                "io.sekimori.fleet.refusals",
                Locale.forLanguageTag(language),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));

        assertThat(advice.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(FleetCode.values()).map(Enum::name).toList());
        assertThat(FleetCode.values())
                .allSatisfy(code -> assertThat(advice.getString(code.name())).hasSizeGreaterThan(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja"})
    void japaneseAdviceIsJapanese(String language) {
        assertThat(FleetCode.values())
                .allSatisfy(code ->
                        assertThat(code.advice(Locale.forLanguageTag(language))).containsPattern("[\\p{IsHiragana}]"));
    }
}
