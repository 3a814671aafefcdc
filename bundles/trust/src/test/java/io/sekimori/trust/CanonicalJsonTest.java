package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

    @Test
    void namesAreSortedAndNothingIsPadded() throws Exception {
        assertCanonical(
                "{ \"b\" : [ 1 , 2 , [ ] , { } ] , \"a\" : null , \"A\" : true }",
                "{\"A\":true,\"a\":null,\"b\":[1,2,[],{}]}");
    }

    @Test
    void onlyQuotesAndBackslashesAreEscaped() throws Exception {
        assertCanonical("{\"a\":\"\\\" \\\\ \\/ \\n \\t \\u0001 \\u00e9\"}", "{\"a\":\"\\\" \\\\ / \n \t \u0001 é\"}");
    }

    @Test
    void namesAreSortedByCodePointAsPythonAndGoDo() throws Exception {
        // U+FF5E comes before U+1F512, whose first UTF-16 unit is smaller.
        assertCanonical("{\"\uD83D\uDD12\":1,\"～\":2}", "{\"～\":2,\"\uD83D\uDD12\":1}");
    }

    @Test
    void numbersAreWholeAndPlain() throws Exception {
        assertCanonical("{\"a\":-0,\"b\":9223372036854775807}", "{\"a\":0,\"b\":9223372036854775807}");
    }

    @Test
    void otherTypesAreTheCallersMistake() {
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.bytes(Map.of("a", 1.5)));
        assertThatIllegalArgumentException().isThrownBy(() -> JsonText.bytes(Map.of("a", 1.5)));
    }

    @Test
    void whatIsWrittenAsTextIsReadBackTheSame() throws Exception {
        Random random = new Random(20261121);
        for (int i = 0; i < 2_000; i++) {
            Map<String, Object> value = object(random, 4);

            Map<String, ?> readBack = JsonObject.parse(JsonText.bytes(value)).asMap();

            assertThat(readBack).isEqualTo(value);
            assertThat(CanonicalJson.bytes(readBack)).isEqualTo(CanonicalJson.bytes(value));
        }
    }

    @Test
    void textIsTheSameWhateverTheOrderItWasMadeIn() throws Exception {
        byte[] one =
                JsonText.bytes(JsonObject.parse("{\"b\":1,\"a\":[{\"d\":1,\"c\":2}]}".getBytes(StandardCharsets.UTF_8))
                        .asMap());
        byte[] other =
                JsonText.bytes(JsonObject.parse("{\"a\":[{\"c\":2,\"d\":1}],\"b\":1}".getBytes(StandardCharsets.UTF_8))
                        .asMap());

        assertThat(one).isEqualTo(other);
    }

    private static Map<String, Object> object(Random random, int depth) {
        Map<String, Object> object = new HashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.put(text(random), value(random, depth - 1));
        }
        return object;
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextBoolean();
            case 2 -> text(random);
            case 3 -> "";
            case 4 -> List.of(value(random, depth - 1), value(random, depth - 1));
            default -> object(random, depth);
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            int point = random.nextInt(random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1);
            text.appendCodePoint(point >= 0xd800 && point <= 0xdfff ? '\\' : point);
        }
        return text.toString();
    }

    private static void assertCanonical(String json, String canonical) throws MalformedJson {
        Map<String, ?> parsed =
                JsonObject.parse(json.getBytes(StandardCharsets.UTF_8)).asMap();
        assertThat(new String(CanonicalJson.bytes(parsed), StandardCharsets.UTF_8))
                .isEqualTo(canonical);
    }
}
