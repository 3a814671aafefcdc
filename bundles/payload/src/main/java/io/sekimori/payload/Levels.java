package io.sekimori.payload;

import java.util.List;

/** The rule for the levels of topics. Stateless. */
final class Levels {

    private Levels() {}

    static void check(String... levels) {
        for (String level : levels) {
            if (!isLevel(level)) {
                throw new IllegalArgumentException(
                        "a level of a topic has 1 to " + Topic.MAX_LEVEL + " characters, none of / + # or a control");
            }
        }
    }

    /** Whether this can be one level of a topic, and nothing but that. */
    static boolean isLevel(String level) {
        return !level.isEmpty()
                && level.length() <= Topic.MAX_LEVEL
                && level.chars().noneMatch(c -> c == '/' || c == '+' || c == '#' || Character.isISOControl(c));
    }

    static String join(String... levels) {
        return String.join("/", levels);
    }

    static String join(String front, List<String> levels) {
        return levels.isEmpty() ? front : front + "/" + String.join("/", levels);
    }
}
