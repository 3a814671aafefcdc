package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherCodeTest {

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void everyCodeHasAdviceAndEveryAdviceACode(String language) {
        ResourceBundle advice = ResourceBundle.getBundle(
                "io.sekimori.launcher.main.refusals",
                Locale.forLanguageTag(language),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));

        assertThat(advice.keySet())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(LauncherCode.values())
                        .map(LauncherCode::name)
                        .toList());
        for (LauncherCode code : LauncherCode.values()) {
            assertThat(code.advice(Locale.forLanguageTag(language))).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "ja")
    void japaneseAdviceIsNotTheEnglishOne(String language) {
        for (LauncherCode code : LauncherCode.values()) {
            assertThat(code.advice(Locale.forLanguageTag(language))).isNotEqualTo(code.advice(Locale.ENGLISH));
        }
    }
}
