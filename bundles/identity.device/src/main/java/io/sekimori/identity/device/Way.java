package io.sekimori.identity.device;

import io.sekimori.identity.HttpProxy;
import java.net.PasswordAuthentication;
import java.util.Optional;
import org.osgi.service.log.Logger;

/**
 * How the console is reached: directly, or by the proxy that the configuration names. Thread-safe.
 *
 * @param proxy the proxy; empty for directly
 */
record Way(Optional<HttpProxy> proxy) {

    static final Way DIRECT = new Way(Optional.empty());

    /** As configured at a start; what makes no sense is said, and the console is asked directly. */
    static Way first(RenewalSettings.Config config, Logger log) {
        try {
            return of(config);
        } catch (IllegalArgumentException e) {
            log.error("The console is asked directly: {}", e.getMessage());
            return DIRECT;
        }
    }

    /** @throws IllegalArgumentException if it is not {@code host:port}, or credentials are half */
    static Way of(RenewalSettings.Config config) {
        String place = config.proxy().strip();
        boolean named = !config.proxy_user().isEmpty();
        if (!named && !config.proxy_password().isEmpty()) {
            throw new IllegalArgumentException("proxy.password is of nobody: proxy.user is missing");
        }
        if (place.isEmpty()) {
            return DIRECT;
        }
        int colon = place.lastIndexOf(':');
        if (colon < 1 || !place.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("proxy is not host:port");
        }
        return new Way(Optional.of(new HttpProxy(
                place.substring(0, colon),
                Integer.parseInt(place.substring(colon + 1)),
                named
                        ? Optional.of(new PasswordAuthentication(
                                config.proxy_user(), config.proxy_password().toCharArray()))
                        : Optional.empty())));
    }
}
