package io.sekimori.config.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sekimori.config.Authorship;
import io.sekimori.config.VersionFacts;
import io.sekimori.config.VersionFacts.Origin;
import io.sekimori.trust.MalformedJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.Vector;
import org.junit.jupiter.api.Test;

class StoredValueTest {

    @Test
    void everyTypeOfAConfigurationComesBack() {
        for (Object value : List.of("s", 1L, 2, (short) 3, (byte) 4, 'c', 1.5, 2.5f, true, "", "\u0000\n\"")) {
            assertThat(StoredValue.of(value, false).toObject()).isEqualTo(value);
        }
        assertThat(StoredValue.of(new int[] {1, 2}, false).toObject()).isEqualTo(new Integer[] {1, 2});
        assertThat(StoredValue.of(new String[0], false).toObject()).isEqualTo(new String[0]);
        assertThat(StoredValue.of(new Vector<>(List.of(1L, 2L)), false).toObject())
                .isEqualTo(List.of(1L, 2L));
    }

    @Test
    void whatIsNoValueOfAConfigurationIsRefused() {
        for (Object value : List.of(new Object(), Map.of(), List.of(1, "a"), new Object[] {1}, List.of(List.of()))) {
            assertThatIllegalArgumentException().isThrownBy(() -> StoredValue.of(value, false));
        }
    }

    @Test
    void noValueIsPrinted() {
        assertThat(StoredValue.of("planted", false) + " " + StoredValue.of("planted", true))
                .doesNotContain("planted");
    }

    @Test
    void aVersionOfAnyValuesComesBack() throws MalformedJson {
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            Version version = random(random);

            assertThat(VersionJson.parse(VersionJson.encode(version))).isEqualTo(version);
        }
    }

    private static Version random(Random random) {
        TreeMap<String, StoredValue> values = new TreeMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            Object value = List.of(
                            random.nextInt(),
                            random.nextLong(),
                            random.nextDouble(),
                            random.nextFloat(),
                            random.nextBoolean(),
                            (char) random.nextInt(0xd800),
                            new Float[] {random.nextFloat(), Float.NaN},
                            List.of("\uD83D\uDE00", "\u2028"))
                    .get(random.nextInt(8));
            values.put("name " + random.nextInt(100), StoredValue.of(value, random.nextBoolean()));
        }
        Instant at = Instant.ofEpochMilli(random.nextInt());
        return new Version(
                new VersionFacts("a.pid", 1 + random.nextInt(9), at, Origin.PERSON, new Authorship("a", "b\n"), false),
                values);
    }
}
