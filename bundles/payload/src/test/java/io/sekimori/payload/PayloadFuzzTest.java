package io.sekimori.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Bytes from outside give a value or are malformed; what was read and written once stays as it is. */
class PayloadFuzzTest {

    @FuzzTest
    void payloads(byte[] bytes) throws MalformedMessage {
        KuraPayload value;
        try {
            value = PayloadCodec.unpack(bytes);
        } catch (MalformedMessage e) {
            return;
        }
        byte[] written = PayloadCodec.plain(value);
        // What is left out is never longer than what was there, but for numbers written with more bytes than needed.
        if (written.length <= PayloadCodec.MAX_BYTES) {
            assertThat(PayloadCodec.plain(PayloadCodec.unpack(written))).isEqualTo(written);
        }
    }

    @FuzzTest
    void topics(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            assertThat(Topic.parse(text).text()).isEqualTo(text);
        } catch (MalformedMessage e) {
            return;
        }
    }
}
