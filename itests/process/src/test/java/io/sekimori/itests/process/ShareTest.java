package io.sekimori.itests.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTest {

    private static final String PROPERTY = "itests.share";

    private final String before = System.getProperty(PROPERTY, "");

    @AfterEach
    void asItWas() {
        if (before.isEmpty()) {
            System.clearProperty(PROPERTY);
        } else {
            System.setProperty(PROPERTY, before);
        }
    }

    @Test
    void whoRunsAloneTakesEverything() {
        System.clearProperty(PROPERTY);

        for (int point = 1; point <= 100; point++) {
            assertThat(Share.asked().takes(point)).isTrue();
        }
        assertThat(Share.asked().of(30)).isEqualTo(30);
    }

    @Test
    void twoTakeEachPointOnce() {
        for (int point = 1; point <= 100; point++) {
            assertThat(Share.FIRST.takes(point)).isNotEqualTo(Share.LATER.takes(point));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 29, 30, 31})
    void twoMakeAsManyTogetherAsOneAlone(int all) {
        assertThat(Share.FIRST.of(all) + Share.LATER.of(all)).isEqualTo(all);
    }

    @Test
    void aShareThatNobodyKnowsIsRefusedAndNotTakenForAnother() {
        System.setProperty(PROPERTY, "half");

        assertThatIllegalArgumentException().isThrownBy(Share::asked);
    }
}
