package io.sekimori.config.admin;

import java.lang.reflect.Proxy;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;

/** Events as ConfigurationAdmin sends them. */
final class Events {

    private Events() {}

    @SuppressWarnings("unchecked") // a proxy has no type of its own
    static ConfigurationEvent updated(String pid) {
        ServiceReference<ConfigurationAdmin> reference = (ServiceReference<ConfigurationAdmin>) Proxy.newProxyInstance(
                Events.class.getClassLoader(),
                new Class<?>[] {ServiceReference.class},
                (proxy, method, arguments) -> null);
        return new ConfigurationEvent(reference, ConfigurationEvent.CM_UPDATED, null, pid);
    }
}
