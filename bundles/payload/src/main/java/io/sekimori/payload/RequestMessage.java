package io.sekimori.payload;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What a request carries.
 *
 * @param requestId the requester's name for it, a level of the reply's topic
 * @param requester the client id to which the reply goes
 * @param metrics the others, as in {@link KuraPayload}
 * @param body empty if there is none
 */
public record RequestMessage(String requestId, String requester, Map<String, Object> metrics, byte[] body) {

    /** The metric that names the request. */
    public static final String REQUEST_ID = "request.id";

    /** The metric that names the requester. */
    public static final String REQUESTER = "requester.client.id";

    /** @throws IllegalArgumentException if the request id or the requester cannot be part of a topic */
    public RequestMessage {
        Levels.check(requestId, requester);
        metrics = Map.copyOf(metrics);
        body = body.clone();
    }

    /** A copy of the body. */
    @Override
    public byte[] body() {
        return body.clone();
    }

    /** As it is sent. */
    public KuraPayload payload(Instant now) {
        Map<String, Object> all = new HashMap<>(metrics);
        all.put(REQUEST_ID, requestId);
        all.put(REQUESTER, requester);
        return KuraPayload.of(now, all, body);
    }

    /**
     * As it was received.
     *
     * @throws MalformedMessage if it does not say whom to answer: then nobody can be
     */
    public static RequestMessage of(KuraPayload payload) throws MalformedMessage {
        Map<String, Object> metrics = new HashMap<>(payload.metrics());
        Object requestId = metrics.remove(REQUEST_ID);
        Object requester = metrics.remove(REQUESTER);
        if (requestId instanceof String id
                && requester instanceof String client
                && Levels.isLevel(id)
                && Levels.isLevel(client)) {
            return new RequestMessage(id, client, metrics, payload.body());
        }
        throw new MalformedMessage("no request id or no requester that could be answered");
    }

    /** Who asks; never what came in it. */
    @Override
    public String toString() {
        return "request " + requestId + " of " + requester;
    }
}
