package io.sekimori.connection;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a console asks of an application.
 *
 * @param method what is to be done
 * @param resource the parts of the topic behind the method, at least one, none empty
 * @param metrics what came with it, without the metrics that route it; a value is a Double, Float, Long, Integer,
 *     Boolean, String or byte[]
 * @param body at most 1 MiB after decompression; empty if there was none
 * @param requester the client id that is answered. A claim: the broker proves only that its sender may publish to this gateway
 * @param requestId the requester's name for this request
 */
public record Request(
        Method method,
        List<String> resource,
        Map<String, Object> metrics,
        byte[] body,
        String requester,
        String requestId) {

    /**
     * Copies what could change.
     *
     * @throws IllegalArgumentException if the resource is empty or a metric has another type
     * @throws NullPointerException if a part is null
     */
    public Request {
        Objects.requireNonNull(method, "method");
        resource = List.copyOf(resource);
        metrics = Metrics.copy(metrics);
        body = body.clone();
        Objects.requireNonNull(requester, "requester");
        Objects.requireNonNull(requestId, "requestId");
        if (resource.isEmpty()) {
            throw new IllegalArgumentException("a request names a resource");
        }
    }

    /** A copy of the body. */
    @Override
    public byte[] body() {
        return body.clone();
    }

    /** The resource as it stands in the topic, its parts joined by slashes. */
    public String path() {
        return String.join("/", resource);
    }

    /** What was asked, never with what came in it. */
    @Override
    public String toString() {
        return method + "/" + path() + " of " + requester + ", request " + requestId;
    }
}
