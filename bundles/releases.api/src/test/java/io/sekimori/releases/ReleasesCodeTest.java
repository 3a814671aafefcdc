package io.sekimori.releases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleasesCodeTest {

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void everyCodeHasAdviceAndNothingElseDoes(String language) {
        ResourceBundle advice = ResourceBundle.getBundle(
                "io.sekimori.releases.refusals",
                Locale.forLanguageTag(language),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));

        assertThat(advice.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ReleasesCode.values()).map(Enum::name).toList());
    }

    @Test
    void japaneseAdviceIsJapanese() {
        assertThat(ReleasesCode.values())
                .allSatisfy(code -> assertThat(code.advice(Locale.JAPANESE)).containsPattern("[\\p{IsHiragana}]"));
    }
}
