package io.sekimori.control.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WireTest {

    @Test
    void anObjectIsOneLineWhateverIsInIt() throws Exception {
        Map<String, Object> object =
                Map.of("text", "two\n  lines \"quoted\"", "list", List.of(1L, 2L), "map", Map.of());

        byte[] line = Wire.line(object);

        assertThat(new String(line, StandardCharsets.UTF_8))
                .containsOnlyOnce("\n")
                .endsWith("\n");
        assertThat(read(line, Wire.MAX_LINE_BYTES).asMap()).isEqualTo(object);
    }

    @FuzzTest(maxDuration = "10s")
    void anyBytesAreARequestOrMalformed(byte[] bytes) throws IOException {
        try {
            assertThat(read(bytes, Wire.MAX_REQUEST_BYTES)).isNotNull();
        } catch (MalformedJson | EOFException e) {
            assertThat(e).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(ControlCode.class)
    void everyCodeHasAdvice(ControlCode code) {
        assertThat(code.advice(Locale.ENGLISH)).hasSizeGreaterThan(10);
        assertThat(code.advice(Locale.JAPANESE)).containsPattern("[\\p{IsHiragana}]");
    }

    private static JsonObject read(byte[] bytes, int most) throws IOException, MalformedJson {
        return new Wire(Channels.newChannel(new ByteArrayInputStream(bytes))).read(most);
    }
}
