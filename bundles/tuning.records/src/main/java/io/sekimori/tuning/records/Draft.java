package io.sekimori.tuning.records;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import io.sekimori.tuning.TuningCode;
import io.sekimori.tuning.Wish;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A wish against what the gateway has: which values are passwords, and from which version it is made.
 *
 * @param content for the mandate; holds the passwords
 * @param shown for the records, without them
 */
record Draft(Map<String, Object> content, String shown) {

    private static final int MOST_CHARACTERS = 60_000;

    /** @throws Stopped if the gateway does not have what is to be changed */
    static Draft of(Wish wish, JsonObject sets) throws Stopped {
        try {
            Map<String, Object> changes = new TreeMap<>();
            Map<String, Object> shown = new TreeMap<>();
            for (Map.Entry<String, Map<String, Object>> each : wish.changes().entrySet()) {
                add(each.getKey(), each.getValue(), set(sets, each.getKey()), changes, shown);
            }
            String text = new String(JsonText.bytes(shown), StandardCharsets.UTF_8);
            if (text.length() > MOST_CHARACTERS) {
                throw new Stopped(TuningCode.CHANGE_TOO_LARGE, text.length() + " characters", null);
            }
            return new Draft(
                    Map.of("reason", wish.reason(), "trialSeconds", (long) wish.trialSeconds(), "changes", changes),
                    text);
        } catch (MalformedJson e) {
            throw new Stopped(TuningCode.GATEWAY_SILENT, "its answer is not understood", e);
        }
    }

    private static void add(
            String pid,
            Map<String, Object> values,
            JsonObject set,
            Map<String, Object> changes,
            Map<String, Object> shown)
            throws Stopped, MalformedJson {
        Map<String, Object> wanted = new HashMap<>();
        Map<String, Object> seen = new TreeMap<>();
        List<String> unset = new ArrayList<>();
        for (Map.Entry<String, Object> value : values.entrySet()) {
            boolean secret = isSecret(pid, value.getKey(), set);
            if (value.getValue() == Wish.UNSET) {
                unset.add(value.getKey());
                seen.put(value.getKey(), Map.of("default", true));
            } else if (secret) {
                wanted.put(value.getKey(), Map.of("secret", String.valueOf(value.getValue())));
                seen.put(value.getKey(), Map.of("secret", true, "set", true));
            } else {
                wanted.put(value.getKey(), value.getValue());
                seen.put(value.getKey(), value.getValue());
            }
        }
        changes.put(pid, Map.of("version", set.number("version"), "set", wanted, "unset", unset));
        shown.put(pid, seen);
    }

    private static JsonObject set(JsonObject sets, String pid) throws Stopped, MalformedJson {
        for (JsonObject each : sets.objects("sets")) {
            if (each.string("pid").equals(pid) && !each.bool("factory")) {
                return each;
            }
        }
        throw new Stopped(TuningCode.SETTING_UNKNOWN, pid, null);
    }

    private static boolean isSecret(String pid, String attribute, JsonObject set) throws Stopped, MalformedJson {
        for (JsonObject each : set.objects("attributes")) {
            if (each.string("id").equals(attribute)) {
                Optional<Boolean> secret = each.optionalBool("secret");
                return secret.orElse(false);
            }
        }
        throw new Stopped(TuningCode.SETTING_UNKNOWN, pid + " " + attribute, null);
    }
}
