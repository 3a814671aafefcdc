package io.sekimori.connection.mqtt;

import java.lang.reflect.Proxy;
import org.osgi.service.log.Logger;

/** A log that nobody reads. */
final class Silence {

    static final Logger LOG = (Logger) Proxy.newProxyInstance(
            Silence.class.getClassLoader(),
            new Class<?>[] {Logger.class},
            (proxy, method, arguments) -> method.getReturnType() == boolean.class ? false : null);

    private Silence() {}
}
