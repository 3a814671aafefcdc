package io.sekimori.rest;

import io.sekimori.tuning.Wish;
import io.sekimori.web.Fields;
import io.sekimori.web.Request;
import io.sekimori.web.WebException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what is to be changed: {@code {reason, changes: {pid: {attribute: value}}, trialSeconds?}}. Stateless. */
final class WishFields {

    private static final long TRIAL_SECONDS = 60;

    private WishFields() {}

    /** @throws IllegalArgumentException if a part is of a wrong form; the message holds no value */
    static Wish read(Request request) throws WebException {
        Fields json = request.json();
        json.allow("reason", "changes", "trialSeconds");
        Map<String, Map<String, Object>> changes = new HashMap<>();
        Fields byPid = json.object("changes");
        for (String pid : byPid.asMap().keySet()) {
            Map<String, Object> values = new HashMap<>();
            byPid.object(pid).asMap().forEach((attribute, value) -> values.put(attribute, value(attribute, value)));
            changes.put(pid, values);
        }
        long seconds = json.optionalNumber("trialSeconds").orElse(TRIAL_SECONDS);
        return new Wish(
                request.path("id"), json.text("reason"), changes, (int) Math.max(0, Math.min(seconds, 100_000)));
    }

    // As text whatever the type, so that nothing is lost on the way; null is the default.
    private static Object value(String attribute, @Nullable Object value) {
        if (value == null) {
            return Wish.UNSET;
        }
        if (value instanceof List<?> many) {
            return many.stream().map(each -> plain(attribute, each)).toList();
        }
        return plain(attribute, value);
    }

    private static String plain(String attribute, @Nullable Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return String.valueOf(value);
        }
        throw new IllegalArgumentException("the value of " + attribute + " is neither text nor number nor boolean");
    }
}
