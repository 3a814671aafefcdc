package io.sekimori.connection;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * How an application answers a request.
 *
 * @param code as in HTTP, 200 to 599
 * @param metrics a value is a Double, Float, Long, Integer, Boolean, String or byte[]
 * @param body empty if there is none
 */
public record Reply(int code, Map<String, Object> metrics, byte[] body) {

    /** The metric with the stable code of a refusal; ours, unknown to Kura. */
    public static final String REASON = "response.reason";

    /** The metric with the words of a refusal, Kura's name. */
    public static final String MESSAGE = "response.exception.message";

    private static final byte[] NOTHING = {};

    /**
     * Copies what could change.
     *
     * @throws IllegalArgumentException if the code is out of range or a metric has another type
     * @throws NullPointerException if a part is null
     */
    public Reply {
        if (code < 200 || code > 599) {
            throw new IllegalArgumentException("a reply has a code of 200 to 599");
        }
        metrics = Metrics.copy(metrics);
        body = body.clone();
    }

    /** Done; nothing to say. */
    public static Reply done() {
        return new Reply(200, Map.of(), NOTHING);
    }

    /** Done, with metrics. */
    public static Reply done(Map<String, Object> metrics) {
        return new Reply(200, metrics, NOTHING);
    }

    /** Done, with a text in UTF-8 such as JSON or XML. */
    public static Reply done(String text) {
        return new Reply(200, Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Refused.
     *
     * @param code 400 to 599
     * @param reason the stable code of the area, {@code A-Z 0-9 _}
     * @param message for people, without secrets
     */
    public static Reply refused(int code, String reason, String message) {
        return new Reply(code, Map.of(REASON, reason, MESSAGE, message), NOTHING);
    }

    /** A copy of the body. */
    @Override
    public byte[] body() {
        return body.clone();
    }

    /** The code alone. */
    @Override
    public String toString() {
        return "reply " + code;
    }
}
