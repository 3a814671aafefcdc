package io.sekimori.itests.fleet;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * What gateways proved to the console: their last signed report has a version of a bundle. Thread-safe.
 *
 * @param rest where the console is asked
 * @param bundle the symbolic name
 */
public record Proofs(Rest rest, String bundle) {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long GLANCE_NANOS = 1_000_000_000;

    /** The ids of those that proved it. */
    public Set<String> of(String version) throws IOException {
        Set<String> ids = new HashSet<>();
        String more = "";
        try {
            do {
                JsonObject page = rest.get("/v1/gateways?limit=500&bundle=" + bundle + "&version=" + version + more);
                for (JsonObject gateway : page.objects("items")) {
                    ids.add(gateway.string("id"));
                }
                more = page.optionalString("next").map(next -> "&after=" + next).orElse("");
            } while (!more.isEmpty());
            return ids;
        } catch (MalformedJson e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Waits until so many proved it: what the broker has of them, the console may not have read yet. */
    public void await(String version, int count) throws IOException {
        Waiting.until(
                count + " gateways prove to run " + bundle + " " + version,
                PATIENCE,
                GLANCE_NANOS,
                () -> of(version).size() >= count);
    }
}
