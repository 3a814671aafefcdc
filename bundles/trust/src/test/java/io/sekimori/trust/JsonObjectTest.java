package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {

    @Test
    void membersAreReadByTypeAndName() throws Exception {
        JsonObject json = parse(
                "{\"text\":\"関守\",\"number\":-9223372036854775808,\"yes\":true,\"no\":false,\"in\":{\"a\":1},\"list\":[\"x\"],\"all\":[{}]}");

        assertThat(json.string("text")).isEqualTo("関守");
        assertThat(json.number("number")).isEqualTo(Long.MIN_VALUE);
        assertThat(json.bool("yes")).isTrue();
        assertThat(json.bool("no")).isFalse();
        assertThat(json.object("in").number("a")).isEqualTo(1);
        assertThat(json.strings("list")).isEqualTo(List.of("x"));
        assertThat(json.objects("all")).hasSize(1);
        assertThat(json.names()).containsExactly("text", "number", "yes", "no", "in", "list", "all");
    }

    @Test
    void optionalMembersMayBeAbsentButNotOfAnotherType() throws Exception {
        JsonObject json = parse("{\"a\":1,\"nothing\":null}");

        assertThat(json.optionalString("b")).isEmpty();
        assertThat(json.optionalNumber("a")).contains(1L);
        assertMalformed(() -> json.optionalString("a"), "a is not a string");
        assertMalformed(() -> json.optionalObject("nothing"), "nothing is not an object");
    }

    @Test
    void aMissingMemberIsNamedWithItsPath() throws Exception {
        JsonObject inner = parse("{\"outer\":{\"inner\":{}}}").object("outer").object("inner");

        assertMalformed(() -> inner.string("name"), "outer.inner.name is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "1",
                "{",
                "{}}",
                "{} {}",
                "{}x",
                "{\"a\":1,\"a\":2}",
                "{\"in\":{\"a\":1,\"\\u0061\":2}}",
                "{\"a\":1.0}",
                "{\"a\":1e3}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":9223372036854775808}",
                "{\"a\":-9223372036854775809}",
                "{\"a\":1,}",
                "{\"a\":[1,]}",
                "{'a':1}",
                "{a:1}",
                "{\"a\":1}//",
                "/**/{}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"\\udc00\":1}",
                "\uFEFF{}"
            })
    void whatHasNoSingleMeaningIsRefused(String text) {
        assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> parse(text));
    }

    @Test
    void otherEncodingsAreRefused() {
        for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertThatExceptionOfType(MalformedJson.class)
                    .isThrownBy(() -> JsonObject.parse("{\"a\":1}".getBytes(charset)));
        }
        assertMalformed(() -> JsonObject.parse("{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1)), "not UTF-8");
    }

    @Test
    void overlongUtf8IsRefused() {
        byte[] overlong = {'{', '"', (byte) 0xc1, (byte) 0xa1, '"', ':', '1', '}'};

        assertMalformed(() -> JsonObject.parse(overlong), "not UTF-8");
    }

    @Test
    void valuesAreBounded() throws Exception {
        int most = StrictJson.MAX_VALUES - 2;

        assertThat(parse("{\"a\":[0" + ",{}".repeat(most) + "]}").names()).containsExactly("a");
        assertMalformed(() -> parse("{\"a\":[0" + ",{}".repeat(most + 1) + "]}"), "more than 400000 values");
    }

    @Test
    void nestingIsBounded() throws Exception {
        parse("{\"a\":" + "[".repeat(StrictJson.MAX_DEPTH - 1) + "]".repeat(StrictJson.MAX_DEPTH - 1) + "}");

        assertThatExceptionOfType(MalformedJson.class)
                .isThrownBy(() -> parse("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"));
    }

    @Test
    void aNumberOfAThousandDigitsIsRefused() {
        assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> parse("{\"a\":" + "9".repeat(1_000) + "}"));
    }

    @Test
    void sizeIsBounded() throws Exception {
        byte[] text = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

        JsonObject.parse(text, text.length);

        assertMalformed(() -> JsonObject.parse(text, text.length - 1), "longer than 6 bytes");
        assertMalformed(() -> JsonObject.parse(new byte[JsonObject.MAX_BYTES + 1]), "longer than 16777216 bytes");
    }

    @Test
    void valuesCannotBeChanged() throws Exception {
        JsonObject json = parse("{\"a\":{\"b\":[1]}}");

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> json.asMap().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> json.object("a").asMap().clear());
    }

    private static JsonObject parse(String text) throws MalformedJson {
        return JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whereTextIsMalformedIsTold() {
        assertMalformed(
                () -> parse("{\n\"a\":}"),
                "Unexpected character ('}' (code 125)): expected a value (line 2, column 5)");
        assertMalformed(() -> parse("{\n\"a\":1.5}"), "only whole numbers are allowed (line 2)");
    }

    private static void assertMalformed(org.assertj.core.api.ThrowableAssert.ThrowingCallable parsing, String message) {
        assertThatExceptionOfType(MalformedJson.class).isThrownBy(parsing).withMessage(message);
    }
}
