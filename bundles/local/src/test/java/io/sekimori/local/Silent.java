package io.sekimori.local;

import java.lang.reflect.Proxy;
import org.osgi.service.log.Logger;

/** A log that nobody reads. */
final class Silent {

    private Silent() {}

    static Logger log() {
        return (Logger) Proxy.newProxyInstance(
                Silent.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> null);
    }
}
