package io.sekimori.update;

import java.util.Arrays;
import java.util.Optional;

/**
 * The codes with which a gateway that would take what it was assigned does not take it yet. It is asked again by itself; whoever
 * shows it says that it waits, not that it failed. Stable names: add, never rename.
 */
public enum Waiting {
    /** Nothing is downloaded without a person. */
    DOWNLOAD_BY_HAND(true),
    /** Nothing is installed without a person. */
    INSTALL_BY_HAND(true),
    /** A person put it off, and can end that. */
    DEFERRED(true),
    /** The next window is not open yet. */
    OUTSIDE_WINDOW(false),
    /** The clock is behind the assignment, so that no window can be judged. */
    CLOCK_WRONG(false),
    /** The time cannot be right, so that no expiry can be judged. */
    TIME_UNTRUSTED(false),
    /** Too few people have approved it. */
    APPROVALS_MISSING(true),
    /** It was approved too long ago. */
    APPROVALS_EXPIRED(true),
    /** Something else was approved. */
    APPROVALS_OTHER(true),
    /** Approvals came damaged. */
    APPROVALS_BROKEN(true),
    /** Somebody who approved it took that back. */
    APPROVALS_WITHDRAWN(true);

    private final boolean forPerson;

    Waiting(boolean forPerson) {
        this.forPerson = forPerson;
    }

    /** Whether a person lets it go on; else time does. */
    public boolean forPerson() {
        return forPerson;
    }

    /** What waits with this code of a refusal; empty if it does not wait. */
    public static Optional<Waiting> of(String code) {
        return Arrays.stream(values()).filter(each -> each.name().equals(code)).findFirst();
    }
}
