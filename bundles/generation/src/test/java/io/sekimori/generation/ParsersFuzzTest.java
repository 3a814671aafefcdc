package io.sekimori.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sekimori.trust.MalformedJson;
import java.util.Arrays;

/** Bytes from the disk give a value or are malformed; a value that is written is read back as it was. */
class ParsersFuzzTest {

    @FuzzTest
    void manifests(byte[] bytes) {
        check(bytes, Generation::parse, Generation::bytes);
    }

    @FuzzTest
    void pointers(byte[] bytes) {
        check(bytes, Confirmed::parse, Confirmed::bytes);
    }

    @FuzzTest
    void trials(byte[] bytes) {
        check(bytes, Trial::parse, Trial::bytes);
    }

    @FuzzTest
    void slots(byte[] bytes) {
        check(bytes, Slot::parse, Slot::bytes);
    }

    @FuzzTest
    void nameplates(byte[] bytes) {
        check(bytes, Nameplate::parse, Nameplate::bytes);
    }

    @FuzzTest
    void reports(byte[] bytes) {
        check(bytes, StartLog::parse, StartLog::bytes);
    }

    /** Written by whoever holds the runtime's rights, read by root's helper. */
    @FuzzTest
    void slotRequests(byte[] bytes) {
        check(bytes, SlotRequest::parse, SlotRequest::bytes);
    }

    @FuzzTest
    void slotAnswers(byte[] bytes) {
        check(bytes, SlotAnswer::parse, SlotAnswer::bytes);
    }

    private static <T> void check(byte[] bytes, Parser<T> parser, Writer<T> writer) {
        T value;
        try {
            value = parser.parse(bytes);
        } catch (MalformedJson e) {
            return;
        }
        byte[] written = writer.bytes(value);
        try {
            T again = parser.parse(written);
            assertThat(again).isEqualTo(value);
            assertThat(writer.bytes(again)).isEqualTo(written);
        } catch (MalformedJson e) {
            throw new AssertionError("what was written is malformed: " + Arrays.toString(written), e);
        }
    }

    @FunctionalInterface
    private interface Parser<T> {
        T parse(byte[] bytes) throws MalformedJson;
    }

    @FunctionalInterface
    private interface Writer<T> {
        byte[] bytes(T value);
    }
}
