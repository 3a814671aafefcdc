package io.sekimori.web;

import java.util.Map;
import java.util.Objects;

/**
 * Why a request was not done, answered as problem details (RFC 9457). The advice is taken from the resource bundle
 * {@code refusals} beside the code's class, in the language of the caller.
 *
 * @param status the status, 400 to 599
 * @param code the stable code, a constant of the area's own codes
 * @param detail what was found, for whoever made the request: safe to show, without secrets
 * @param facts further members, values as in {@link Body.Json}
 */
public record Problem(int status, Enum<?> code, String detail, Map<String, ?> facts) {

    /** @throws IllegalArgumentException if the status is not one of an error */
    public Problem {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("not the status of an error: " + status);
        }
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(detail, "detail");
        facts = Map.copyOf(facts);
    }

    /** A problem without further facts. */
    public Problem(int status, Enum<?> code, String detail) {
        this(status, code, detail, Map.of());
    }
}
