package io.sekimori.cli;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Something that somebody should know about a unit.
 *
 * @param red whether the unit is not as it should be; otherwise it is worth a note
 * @param code stable
 * @param detail safe to show
 */
record Finding(boolean red, String code, String detail) {

    static Finding red(String code, String detail) {
        return new Finding(true, code, detail);
    }

    static Finding note(String code, String detail) {
        return new Finding(false, code, detail);
    }

    /** What a person can do about it. */
    Optional<String> advice(Messages messages) {
        return Advice.of(code, messages);
    }

    Map<String, Object> document(Messages messages) {
        Map<String, Object> document = new TreeMap<>();
        document.put("red", red);
        document.put("code", code);
        document.put("detail", detail);
        advice(messages).ifPresent(advice -> document.put("advice", advice));
        return document;
    }
}
