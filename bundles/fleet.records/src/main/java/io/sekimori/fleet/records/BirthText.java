package io.sekimori.fleet.records;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What a gateway said at its birth as one JSON text; bounded and cleaned, since nobody signed it. Stateless. */
final class BirthText {

    static final int MAX_FACTS = 64;
    static final int MAX_VALUE = 500;

    private BirthText() {}

    static String write(Map<String, String> facts) {
        Map<String, String> kept = new TreeMap<>();
        facts.entrySet().stream()
                .filter(fact -> fact.getKey().matches("[a-z0-9_.]{1,64}"))
                .sorted(Map.Entry.comparingByKey())
                .limit(MAX_FACTS)
                .forEach(fact -> kept.put(fact.getKey(), cleaned(fact.getValue())));
        return new String(JsonText.bytes(kept), StandardCharsets.UTF_8);
    }

    static Map<String, String> read(String text) {
        try {
            JsonObject json = JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
            Map<String, String> facts = new TreeMap<>();
            for (String name : json.names()) {
                facts.put(name, json.string(name));
            }
            return facts;
        } catch (MalformedJson e) {
            throw new IllegalStateException("the records hold facts that this console did not write", e);
        }
    }

    private static String cleaned(String value) {
        String cut = value.length() > MAX_VALUE ? value.substring(0, MAX_VALUE) : value;
        return cut.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }
}
