package io.sekimori.config;

import java.util.Objects;

/**
 * Who changes something, and why.
 *
 * @param author as in the audit, e.g. {@code local:root}: 1 to 200 characters
 * @param reason for the history: at most 500 characters
 */
public record Authorship(String author, String reason) {

    private static final String SITE = "site:";

    /** @throws IllegalArgumentException if a part is too short or too long */
    public Authorship {
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(reason, "reason");
        if (author.isEmpty() || author.length() > 200) {
            throw new IllegalArgumentException("author must have 1 to 200 characters");
        }
        if (reason.length() > 500) {
            throw new IllegalArgumentException("reason must have at most 500 characters");
        }
    }

    /** Of a person before the gateway, whom its own page knows by that name. */
    public static Authorship onSite(String person, String reason) {
        return new Authorship(SITE + person, reason);
    }

    /** Whether the author is a person before the gateway. Nobody far away may be called so. */
    public boolean isOnSite() {
        return author.startsWith(SITE);
    }
}
