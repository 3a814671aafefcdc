package io.sekimori.checks;

import java.util.Set;

/** What a module is for, told by its folder's name alone. */
public enum Role {

    /** Interfaces and values, {@code bundles/x.api}. */
    API,
    /** Shared code without a service, counted as an api by those who use it. */
    LIBRARY,
    /** Shared code that is copied into the bundles that use it, so that each can be replaced alone. */
    EMBEDDED,
    /** A bundle that provides services, {@code bundles/x.y}. */
    PROVIDER,
    /** A program with a main class on a plain class path. */
    TOOL,
    /** Builds, tests or measures the others and is not shipped. */
    WORKSHOP;

    private static final Set<String> LIBRARIES = Set.of("trust", "generation");
    private static final Set<String> COPIED = Set.of("durable", "lasting", "payload", "screens");
    private static final Set<String> TOOLS = Set.of("launcher", "cli", "broker", "simulator");

    /** The role of the module in {@code folder}, a path relative to the root such as {@code bundles/audit.api}. */
    public static Role of(String folder) {
        if (!folder.startsWith("bundles/")) {
            return WORKSHOP;
        }
        String name = folder.substring("bundles/".length());
        if (name.endsWith(".api")) {
            return API;
        }
        if (LIBRARIES.contains(name)) {
            return LIBRARY;
        }
        if (COPIED.contains(name)) {
            return EMBEDDED;
        }
        return TOOLS.contains(name) ? TOOL : PROVIDER;
    }
}
