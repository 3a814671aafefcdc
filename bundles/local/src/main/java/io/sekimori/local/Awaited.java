package io.sekimori.local;

import io.sekimori.control.ControlAnswer;
import io.sekimori.control.ControlOperation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When the console was asked last, and what an update that waits would change: the console's word, as the part that asks it
 * has heard it, but for what it mends and interrupts, which this gateway verified. Pure.
 */
final class Awaited {

    private Awaited() {}

    /**
     * What is shown of it.
     *
     * @param asks who asks the console; null while it is away
     * @param waiting the number of the assignment that waits; null if none does
     * @param running what runs, {@code name/version}
     */
    static Map<String, Object> json(
            @Nullable ControlOperation asks,
            @Nullable Object waiting,
            String person,
            Set<String> running,
            Locale language) {
        Map<String, Object> json = new TreeMap<>();
        if (asks != null && asks.answer(Map.of(), person) instanceof ControlAnswer.Done done) {
            Map<String, ?> heard = done.members();
            if (heard.get("asked") != null) {
                json.put("asked", heard.get("asked"));
            }
            if (waiting != null
                    && waiting.equals(heard.get("assignment"))
                    && heard.get("releases") instanceof List<?> releases) {
                json.put(
                        "releases",
                        releases.stream()
                                .map(String::valueOf)
                                .filter(name -> !running.contains(name))
                                .sorted()
                                .toList());
                if (heard.get("preview") instanceof Map<?, ?> preview) {
                    json.put("preview", preview(preview, language));
                }
            }
        }
        return json;
    }

    private static Map<String, Object> preview(Map<?, ?> told, Locale language) {
        List<?> gone = told.get("interruptions") instanceof List<?> listed ? listed : List.of();
        List<?> remedies = told.get("remedies") instanceof List<?> listed ? listed : List.of();
        Map<String, Object> json = new TreeMap<>();
        json.put("restart", Boolean.TRUE.equals(told.get("restart")));
        json.put("interruptions", gone);
        json.put(
                "remedies",
                remedies.stream()
                        .filter(each -> each instanceof Map<?, ?>)
                        .map(each -> words((Map<?, ?>) each, language))
                        .toList());
        return json;
    }

    private static String words(Map<?, ?> remedy, Locale language) {
        String japanese = String.valueOf(remedy.get("ja"));
        return language.getLanguage().equals("ja") && !japanese.isEmpty() ? japanese : String.valueOf(remedy.get("en"));
    }
}
