package io.sekimori.settings;

import io.sekimori.config.Authorship;
import io.sekimori.config.Change;
import io.sekimori.config.Secret;
import io.sekimori.trust.Mandate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a mandate wants changed. Its passwords are wiped when it is closed. Confined to one thread.
 *
 * @param reason why, as the person said
 * @param trial how long the gateway may take to reach its console again
 * @param changes one for each PID
 */
record Wish(String reason, Duration trial, List<Change> changes) implements AutoCloseable {

    private static final int MOST_PIDS = 50;
    private static final int MOST_ATTRIBUTES = 500;
    private static final int LEAST_SECONDS = 10;
    private static final int MOST_SECONDS = 600;

    /** @throws IllegalArgumentException if it is none; the message holds no value */
    static Wish of(Mandate mandate) {
        Map<String, ?> content = mandate.content();
        String reason = text(content.get("reason"), "reason");
        require(!reason.isBlank() && reason.length() <= 500, "a reason has 1 to 500 characters");
        Duration trial = Duration.ofSeconds(number(content.get("trialSeconds"), "trialSeconds"));
        require(
                trial.toSeconds() >= LEAST_SECONDS && trial.toSeconds() <= MOST_SECONDS,
                "a trial lasts " + LEAST_SECONDS + " to " + MOST_SECONDS + " s");
        Map<String, ?> byPid = object(content.get("changes"), "changes");
        require(!byPid.isEmpty() && byPid.size() <= MOST_PIDS, "1 to " + MOST_PIDS + " settings are changed at once");
        Authorship authorship = new Authorship(mandate.person(), reason);
        // What somebody on site set never goes back with a trial.
        require(!authorship.isOnSite(), "nobody on site asks by mandate");
        List<Change> changes = new ArrayList<>();
        byPid.forEach((pid, wanted) -> changes.add(change(pid, object(wanted, pid), authorship)));
        return new Wish(reason, trial, List.copyOf(changes));
    }

    private static Change change(String pid, Map<String, ?> wanted, Authorship authorship) {
        Map<String, ?> values = object(wanted.get("set"), "set");
        require(values.size() <= MOST_ATTRIBUTES, "too many attributes");
        Map<String, Object> set = new HashMap<>();
        values.forEach((attribute, value) -> set.put(attribute, value(value)));
        Set<String> unset = new HashSet<>(texts(wanted.get("unset")));
        return new Change(pid, number(wanted.get("version"), "version"), set, unset, authorship);
    }

    private static Object value(@Nullable Object value) {
        if (value instanceof Map<?, ?> secret && secret.get("secret") instanceof String password) {
            return new Secret(password.toCharArray());
        }
        return value instanceof List<?> many ? texts(many) : text(value, "a value");
    }

    /** The PIDs it is about. */
    Set<String> pids() {
        Set<String> pids = new HashSet<>();
        changes.forEach(change -> pids.add(change.pid()));
        return pids;
    }

    @Override
    public void close() {
        for (Change change : changes) {
            for (Object value : change.set().values()) {
                if (value instanceof Secret secret) {
                    secret.close();
                }
            }
        }
    }

    private static List<String> texts(@Nullable Object value) {
        if (!(value instanceof List<?> many)) {
            throw new IllegalArgumentException("a list of texts is missing");
        }
        return many.stream().map(each -> text(each, "a value")).toList();
    }

    private static String text(@Nullable Object value, String name) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(name + " is no text");
    }

    private static long number(@Nullable Object value, String name) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException(name + " is no number");
    }

    @SuppressWarnings("unchecked") // members of JSON have texts for names
    private static Map<String, ?> object(@Nullable Object value, String name) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, ?>) map;
        }
        throw new IllegalArgumentException(name + " is no object");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
