package io.sekimori.rest;

import io.sekimori.releases.HeldAssignment;
import io.sekimori.trust.TrustCode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What is held back, as JSON. Pure. */
final class HeldJson {

    private HeldJson() {}

    static Map<String, Object> of(HeldAssignment held, Locale language) {
        Map<String, Object> json = new TreeMap<>();
        json.put("assignment", held.version());
        json.put("code", held.code());
        json.put("detail", held.detail());
        for (TrustCode code : TrustCode.values()) {
            if (code.name().equals(held.code())) {
                json.put("advice", code.advice(language));
            }
        }
        return json;
    }
}
