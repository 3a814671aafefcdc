package io.sekimori.trust;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The names of delegated roles and of their files (4.5): any text, quoted like a part of an address (RFC 3986, 2.1). */
final class RoleName {

    private static final int MAX_QUOTED_CHARS = 200;
    private static final Set<String> TOP_LEVEL = Set.of("root", "timestamp", "snapshot", "targets");
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~";

    private static final String VERSION = "[1-9][0-9]{0,18}\\.";
    private static final String QUOTED = "[A-Za-z0-9_.~%-]{1,200}";

    /** The files of the four roles, with their version before the name or without: a regular expression, as are the next. */
    static final String TOP_LEVEL_FILE = "(" + VERSION + ")?(root|timestamp|snapshot|targets)\\.json";

    /** Any file of metadata in a repository of ours, where a delegated role has its version before the name. */
    static final String PUBLISHED_FILE = "(" + TOP_LEVEL_FILE + "|" + VERSION + QUOTED + "\\.json)";

    /** A file of a delegated role as {@link #kept} names it: like no file of another role, whatever the role's name. */
    static final String KEPT_FILE = "delegated\\." + QUOTED + "\\.json";

    private RoleName() {}

    /** Refuses what no file can be called, and who would pass for a top-level role. */
    static void require(String role, String delegator) throws TrustException {
        if (role.isEmpty() || TOP_LEVEL.contains(role) || quoted(role).length() > MAX_QUOTED_CHARS) {
            throw new TrustException(TrustCode.DELEGATION_NAME, delegator + " delegates to \"" + role + "\"");
        }
    }

    /** The role's file in a repository, without its version. */
    static String file(String role) {
        return quoted(role) + ".json";
    }

    /** The role's file on a unit. */
    static String kept(String role) {
        return "delegated." + file(role);
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (PLAIN.indexOf(b) >= 0) {
                quoted.append((char) b);
            } else {
                quoted.append(String.format("%%%02X", b));
            }
        }
        return quoted.toString();
    }
}
