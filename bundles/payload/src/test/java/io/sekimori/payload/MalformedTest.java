package io.sekimori.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class MalformedTest {

    @Test
    void whatIsNoMessageIsRefused() {
        refused("07", "known layout"); // layout 7 does not exist
        refused("00", "without a number"); // field 0
        refused("8080808010 00", "known layout"); // a field number beyond 29 bits
        refused("08 80", "cut off");
        refused("08 FFFFFFFFFFFFFFFFFFFF01", "ten bytes");
        refused("12 05 00", "beyond the end");
        refused("12 FFFFFFFF07 00", "beyond the end"); // two gigabytes are not allocated
        refused("12 FFFFFFFFFFFFFFFFFF01 00", "beyond the end"); // minus one
        refused("0C", "not begun");
        refused("B306 0801", "does not end");
        refused("B306".repeat(9), "groups in groups");
        refused("12 09 090000000000C04140", "latitude or longitude");
        refused("C2B802 02 1003", "without a type, or without a name");
        refused("C2B802 03 0A01 78", "without a type");
        refused("C2B802 04 0A00 1003", "without a name");
        refused("C2B802 05 0A01 FF 1003", "UTF-8");
    }

    @Test
    void moreMetricsThanAllowedAreRefused() throws MalformedMessage {
        String metric = "C2B80205" + "0A0178" + "1003";

        refused(metric.repeat(KuraPayload.MAX_METRICS + 1), "metrics");
        assertThat(PayloadCodec.unpack(HexFormat.of().parseHex(metric.repeat(KuraPayload.MAX_METRICS)))
                        .metrics())
                .hasSize(1);
    }

    @Test
    void aBombIsRefusedBeforeItIsUnpacked() throws IOException {
        byte[] bomb = gzip(new byte[64 << 20]);

        assertThat(bomb.length).isLessThan(PayloadCodec.MAX_BYTES);
        assertThatExceptionOfType(MalformedMessage.class)
                .isThrownBy(() -> PayloadCodec.unpack(bomb))
                .withMessageContaining("when unpacked");
    }

    @Test
    void gzipThatIsDamagedIsRefused() throws IOException {
        byte[] zipped = gzip(new byte[1000]);

        assertThatExceptionOfType(MalformedMessage.class)
                .isThrownBy(() -> PayloadCodec.unpack(Arrays.copyOf(zipped, zipped.length - 9)))
                .withMessageContaining("damaged");
    }

    @Test
    void aMessageIsAsLargeAsItMayBeAndNoLarger() throws MalformedMessage {
        byte[] body = new byte[PayloadCodec.MAX_BYTES - 7 - 6];
        KuraPayload largest = KuraPayload.of(Instant.ofEpochMilli(1_700_000_000_000L), Map.of(), body);
        byte[] plain = PayloadCodec.plain(largest);

        assertThat(plain.length).isEqualTo(PayloadCodec.MAX_BYTES);
        assertThat(PayloadCodec.unpack(plain).body().length).isEqualTo(body.length);
        assertThat(PayloadCodec.unpack(PayloadCodec.pack(largest)).body().length)
                .isEqualTo(body.length);
        assertThatExceptionOfType(MalformedMessage.class)
                .isThrownBy(() -> PayloadCodec.unpack(Arrays.copyOf(plain, plain.length + 1)));
    }

    @Test
    void gzipIsUsedOnlyWhereItIsShorter() throws MalformedMessage {
        KuraPayload small = new KuraPayload(Optional.empty(), Optional.empty(), Map.of("a", 1), new byte[0]);
        KuraPayload wordy = new KuraPayload(Optional.empty(), Optional.empty(), Map.of(), new byte[500]);

        assertThat(PayloadCodec.pack(small)).isEqualTo(PayloadCodec.plain(small));
        assertThat(PayloadCodec.pack(wordy)).startsWith(0x1F, 0x8B).hasSizeLessThan(100);
        assertThat(PayloadCodec.unpack(PayloadCodec.pack(wordy)).body()).hasSize(500);
    }

    @Test
    void aPayloadThatTheWireCannotHoldIsNotMade() {
        Map<String, Object> many = new HashMap<>();
        for (int i = 0; i <= KuraPayload.MAX_METRICS; i++) {
            many.put("m" + i, i);
        }

        assertThatIllegalArgumentException().isThrownBy(() -> payload(many));
        assertThatIllegalArgumentException().isThrownBy(() -> payload(Map.of("", 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> payload(Map.of("x".repeat(257), 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> payload(Map.of("at", Instant.EPOCH)));
    }

    private static KuraPayload payload(Map<String, Object> metrics) {
        return KuraPayload.of(Instant.EPOCH, metrics, new byte[0]);
    }

    private static void refused(String hex, String why) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatExceptionOfType(MalformedMessage.class)
                .isThrownBy(() -> PayloadCodec.unpack(bytes))
                .withMessageContaining(why);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(plain);
        }
        return out.toByteArray();
    }
}
