package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever is sent as JSON is refused or has one meaning. Ordinary runs try the inputs kept beside; checks/fuzz searches. */
class JsonFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void jsonIsRefusedOrReadBackTheSame(byte[] input) {
        JsonObject json;
        try {
            json = JsonObject.parse(input);
        } catch (MalformedJson e) {
            return;
        }
        assertThat(readBack(JsonText.bytes(json.asMap()))).isEqualTo(json.asMap());
        assertThat(CanonicalJson.bytes(json.asMap())).isNotEmpty();
    }

    private static Object readBack(byte[] text) {
        try {
            return JsonObject.parse(text).asMap();
        } catch (MalformedJson e) {
            throw new AssertionError("what was written cannot be read", e);
        }
    }
}
