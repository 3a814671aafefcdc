package io.sekimori.ports;

import java.time.Instant;
import java.util.Objects;

/**
 * Something that listens and should not, that does not and should, or that could not be read.
 *
 * @param code what it is
 * @param detail which one, safe to show, at most 300 characters; the same for as long as it is the same finding
 * @param since when this was first seen by the one who answers
 */
public record PortFinding(PortCode code, String detail, Instant since) {

    private static final int MOST = 300;

    /** Shortens the detail. */
    public PortFinding {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(since, "since");
        detail = detail.length() > MOST ? detail.substring(0, MOST) : detail;
    }
}
