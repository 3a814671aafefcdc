package io.sekimori.status.signed;

import java.lang.reflect.Proxy;
import org.osgi.service.log.Logger;

/** A log that nobody reads. */
final class SilentLog {

    Logger logger() {
        return (Logger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> null);
    }
}
