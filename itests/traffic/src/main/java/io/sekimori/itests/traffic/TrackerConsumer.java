package io.sekimori.itests.traffic;

import io.sekimori.access.Access;
import io.sekimori.audit.AuditLog;
import io.sekimori.config.Configurations;
import io.sekimori.keys.Keys;
import io.sekimori.vault.Vault;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;

/** Looks services up as bundles without Declarative Services do. */
@Component(service = Consumer.class, immediate = true, property = Consumer.KIND + "=tracker")
public final class TrackerConsumer implements Consumer {

    private final ServiceTracker<AuditLog, AuditLog> audit;
    private final ServiceTracker<Keys, Keys> keys;
    private final ServiceTracker<Configurations, Configurations> configurations;
    private final ServiceTracker<Vault, Vault> vault;
    private final ServiceTracker<Access, Access> access;

    @Activate
    public TrackerConsumer(BundleContext context) {
        audit = new ServiceTracker<>(context, AuditLog.class, null);
        keys = new ServiceTracker<>(context, Keys.class, null);
        configurations = new ServiceTracker<>(context, Configurations.class, null);
        vault = new ServiceTracker<>(context, Vault.class, null);
        access = new ServiceTracker<>(context, Access.class, null);
        audit.open();
        keys.open();
        configurations.open();
        vault.open();
        access.open();
    }

    @Deactivate
    void close() {
        audit.close();
        keys.close();
        configurations.close();
        vault.close();
        access.close();
    }

    @Override
    public @Nullable AuditLog audit() {
        return audit.getService();
    }

    @Override
    public @Nullable Keys keys() {
        return keys.getService();
    }

    @Override
    public @Nullable Configurations configurations() {
        return configurations.getService();
    }

    @Override
    public @Nullable Vault vault() {
        return vault.getService();
    }

    @Override
    public @Nullable Access access() {
        return access.getService();
    }
}
