package io.sekimori.itests.browser;

import java.util.Map;

/** Numbers of keys that no character stands for. Stateless. */
final class Keys {

    private static final Map<String, Integer> CODES =
            Map.of("Enter", 13, "Escape", 27, "Tab", 9, "ArrowDown", 40, "ArrowUp", 38);

    private Keys() {}

    static int code(String key) {
        return CODES.getOrDefault(key, 0);
    }
}
