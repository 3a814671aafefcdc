package io.sekimori.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeliveryCodeTest {

    @Test
    void everyRefusalHasAdviceInBothLanguages() {
        for (Locale locale : new Locale[] {Locale.ROOT, Locale.JAPANESE}) {
            ResourceBundle advice = ResourceBundle.getBundle("io.sekimori.delivery.refusals", locale);
            assertThat(advice.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.of(DeliveryCode.values()).map(Enum::name).toList());
        }
    }
}
