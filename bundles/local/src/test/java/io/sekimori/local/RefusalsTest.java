package io.sekimori.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    @Test
    void everyCodeHasAdviceInEachLanguageAndNoAdviceIsLeftOver() {
        String[] codes = Arrays.stream(LocalCode.values()).map(Enum::name).toArray(String[]::new);

        for (Locale locale : new Locale[] {Locale.ROOT, Locale.JAPANESE}) {
            ResourceBundle advice = ResourceBundle.getBundle(
                    "io.sekimori.local.refusals",
                    locale,
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));

            assertThat(advice.getLocale()).isEqualTo(locale);
            assertThat(advice.keySet()).containsExactlyInAnyOrder(codes);
            assertThat(advice.keySet())
                    .allSatisfy(code -> assertThat(advice.getString(code)).isNotBlank());
        }
    }
}
