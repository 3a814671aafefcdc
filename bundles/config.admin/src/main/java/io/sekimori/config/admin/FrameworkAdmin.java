package io.sekimori.config.admin;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The real ConfigurationAdmin. Binds configurations to no bundle ({@code ?}), so that two versions can share one. */
final class FrameworkAdmin implements AdminPort {

    private static final String ANY_BUNDLE = "?";

    // Added by ConfigurationAdmin itself, no part of the configuration.
    private static final Set<String> AUTOMATIC = Set.of(
            Constants.SERVICE_PID, ConfigurationAdmin.SERVICE_FACTORYPID, ConfigurationAdmin.SERVICE_BUNDLELOCATION);

    private final Supplier<ConfigurationAdmin> admin;

    FrameworkAdmin(Supplier<ConfigurationAdmin> admin) {
        this.admin = admin;
    }

    @Override
    public Optional<Map<String, StoredValue>> values(String pid) throws IOException {
        Configuration existing = existing(pid);
        Dictionary<String, Object> properties = existing == null ? null : existing.getProperties();
        if (properties == null) {
            return Optional.empty();
        }
        Map<String, StoredValue> values = new HashMap<>();
        for (Enumeration<String> names = properties.keys(); names.hasMoreElements(); ) {
            String name = names.nextElement();
            if (!AUTOMATIC.contains(name)) {
                try {
                    values.put(name, StoredValue.of(properties.get(name), false));
                } catch (IllegalArgumentException e) {
                    return Optional.empty(); // e.g. an array of arrays: it cannot be kept, so it is left alone
                }
            }
        }
        return Optional.of(values);
    }

    @Override
    public void put(String pid, Map<String, StoredValue> values) throws IOException {
        Configuration configuration = Pid.isOfFactory(pid)
                ? admin.get().getFactoryConfiguration(Pid.described(pid), Pid.instance(pid), ANY_BUNDLE)
                : admin.get().getConfiguration(pid, ANY_BUNDLE);
        if (!ANY_BUNDLE.equals(configuration.getBundleLocation())) {
            configuration.setBundleLocation(ANY_BUNDLE);
        }
        Dictionary<String, Object> properties = new Hashtable<>();
        values.forEach((name, value) -> properties.put(name, value.toObject()));
        configuration.update(properties);
    }

    @Override
    public void delete(String pid) throws IOException {
        Configuration existing = existing(pid);
        if (existing != null) {
            existing.delete();
        }
    }

    private @Nullable Configuration existing(String pid) throws IOException {
        try {
            Configuration[] found = admin.get().listConfigurations("(" + Constants.SERVICE_PID + "=" + pid + ")");
            return found == null ? null : found[0];
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("a well-formed PID makes a well-formed filter", e);
        }
    }
}
