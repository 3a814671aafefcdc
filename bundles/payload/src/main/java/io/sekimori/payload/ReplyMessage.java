package io.sekimori.payload;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What a reply carries.
 *
 * @param code as in HTTP
 * @param metrics the others, as in {@link KuraPayload}
 * @param body empty if there is none
 */
public record ReplyMessage(int code, Map<String, Object> metrics, byte[] body) {

    /** The metric with the code. */
    public static final String CODE = "response.code";

    /** The metric with the words of a refusal. */
    public static final String MESSAGE = "response.exception.message";

    /** The metric with the stable code of a refusal; Sekimori's own. */
    public static final String REASON = "response.reason";

    /** Copies what could change. */
    public ReplyMessage {
        metrics = Map.copyOf(metrics);
        body = body.clone();
    }

    /** A copy of the body. */
    @Override
    public byte[] body() {
        return body.clone();
    }

    /** As it is sent, without a signature. */
    public KuraPayload payload(Instant now) {
        Map<String, Object> all = new HashMap<>(metrics);
        all.put(CODE, code);
        return KuraPayload.of(now, all, body);
    }

    /**
     * As it was received. A signature is left out of the metrics and not checked here, but by {@link ReplySignature}.
     *
     * @throws MalformedMessage if it has no code
     */
    public static ReplyMessage of(KuraPayload payload) throws MalformedMessage {
        Map<String, Object> metrics = new HashMap<>(payload.metrics());
        metrics.remove(ReplySignature.METRIC);
        if (metrics.remove(CODE) instanceof Integer code) {
            return new ReplyMessage(code, metrics, payload.body());
        }
        throw new MalformedMessage("a reply without a code");
    }

    /** The code alone. */
    @Override
    public String toString() {
        return "reply " + code;
    }
}
