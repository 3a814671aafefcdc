package io.sekimori.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/**
 * Bytes written by hand from the protocol's field numbers, both directions. A tag is number times eight plus layout:
 * metric 5000 is {@code C2 B8 02}, body 5001 is {@code CA B8 02}.
 */
class GoldenTest {

    private static final String BYTES = hex(
            "08 80D095FFBC31", // 1 timestamp 1700000000000
            "12 41", // 2 position, 65 bytes
            "09 0000000000C04140", // 1 latitude 35.5
            "11 0000000000786140", // 2 longitude 139.75
            "19 0000000000004440", // 3 altitude 40
            "21 000000000000F83F", // 4 precision 1.5
            "29 0000000000805640", // 5 heading 90
            "31 0000000000000440", // 6 speed 2.5
            "38 81D095FFBC31", // 7 timestamp 1700000000001
            "40 07", // 8 satellites
            "48 04", // 9 status
            "C2B802 15 0A08 612E646F75626C65 1000 19 000000000000F83F", // a.double, DOUBLE, 1.5
            "C2B802 10 0A07 622E666C6F6174 1001 25 000020C0", // b.float, FLOAT, -2.5
            "C2B802 15 0A06 632E6C6F6E67 1002 28 FFFFFFFFFFFFFFFFFF01", // c.long, INT64, -1
            "C2B802 14 0A05 642E696E74 1003 30 D4FDFFFFFFFFFFFFFF01", // d.int, INT32, -300
            "C2B802 0C 0A06 652E626F6F6C 1004 38 01", // e.bool, BOOL, true
            "C2B802 14 0A08 662E737472696E67 1005 42 06 E996A2E5AE88", // f.string, STRING, two characters
            "C2B802 0F 0A07 672E6279746573 1006 4A 02 00FF", // g.bytes, BYTES
            "CAB802 04 3C782F3E"); // 5001 body

    private static final KuraPayload VALUE = new KuraPayload(
            Optional.of(Instant.ofEpochMilli(1_700_000_000_000L)),
            Optional.of(new Position(
                    35.5,
                    139.75,
                    OptionalDouble.of(40),
                    OptionalDouble.of(1.5),
                    OptionalDouble.of(90),
                    OptionalDouble.of(2.5),
                    Optional.of(Instant.ofEpochMilli(1_700_000_000_001L)),
                    OptionalInt.of(7),
                    OptionalInt.of(4))),
            Map.of(
                    "a.double",
                    1.5,
                    "b.float",
                    -2.5f,
                    "c.long",
                    -1L,
                    "d.int",
                    -300,
                    "e.bool",
                    true,
                    "f.string",
                    "\u95a2\u5b88",
                    "g.bytes",
                    new byte[] {0, (byte) 0xFF}),
            new byte[] {'<', 'x', '/', '>'});

    @Test
    void aPayloadIsWrittenAsTheProtocolSays() {
        assertThat(HexFormat.of().withUpperCase().formatHex(PayloadCodec.plain(VALUE)))
                .isEqualTo(BYTES);
    }

    @Test
    void aPayloadIsReadAsTheProtocolSays() throws MalformedMessage {
        KuraPayload read = PayloadCodec.unpack(HexFormat.of().parseHex(BYTES));

        assertThat(read.timestamp()).isEqualTo(VALUE.timestamp());
        assertThat(read.position()).isEqualTo(VALUE.position());
        assertThat(read.body()).containsExactly('<', 'x', '/', '>');
        assertThat(read.metrics()).usingRecursiveComparison().isEqualTo(VALUE.metrics());
    }

    @Test
    void whatIsNotSentIsNotThere() throws MalformedMessage {
        KuraPayload nothing = new KuraPayload(Optional.empty(), Optional.empty(), Map.of(), new byte[0]);

        assertThat(PayloadCodec.plain(nothing)).isEmpty();
        KuraPayload read = PayloadCodec.unpack(new byte[0]);
        assertThat(read.timestamp()).isEmpty();
        assertThat(read.position()).isEmpty();
        assertThat(read.metrics()).isEmpty();
        assertThat(read.body()).isEmpty();
    }

    @Test
    void anotherWritersOrderAndUnknownPartsAreRead() throws MalformedMessage {
        KuraPayload read = PayloadCodec.unpack(HexFormat.of()
                .parseHex(hex(
                        "CAB802 01 41", // the body first
                        "A206 03 010203", // extension 100, bytes
                        "A806 96 01", // extension 101, varint
                        "B306 0801 B406", // extension 102, a group
                        "BD06 00000000", // extension 103, fixed32
                        "C106 0000000000000000", // extension 104, fixed64
                        "0A 01 00", // a timestamp in the wrong layout is unknown
                        "C2B802 05 1003 0A01 78", // type before name, without a value
                        "C2B802 05 0A01 79 1063", // type 99
                        "C2B802 0A 0A01 7A 1003 3005 5201 00", // an unknown field in a metric
                        "C2B802 07 0A01 7A 1003 3006"))); // the same name again

        assertThat(read.body()).containsExactly('A');
        assertThat(read.timestamp()).isEmpty();
        assertThat(read.metrics()).containsExactlyInAnyOrderEntriesOf(Map.of("x", 0, "z", 6));
    }

    private static String hex(String... parts) {
        return String.join("", parts).replace(" ", "");
    }
}
