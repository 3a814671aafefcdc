package io.sekimori.ports.linux;

import io.sekimori.ports.PortCode;
import io.sekimori.ports.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** What the bundles that run declare, and whether one of them is a shell. Thread-safe. */
final class Declarations {

    private static final String SHELL = "org.apache.felix.gogo";

    private final BundleContext context;
    private final Path unit;

    Declarations(BundleContext context, Path unit) {
        this.context = context;
        this.unit = unit;
    }

    List<Declaration> read(@Nullable ConfigurationAdmin admin, BiConsumer<PortCode, String> finding) {
        List<Declaration> declared = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            String name = String.valueOf(bundle.getSymbolicName());
            if (name.startsWith(SHELL)) {
                finding.accept(PortCode.SHELL_ON, name);
            }
            BundleRevision revision = bundle.adapt(BundleRevision.class);
            if (bundle.getState() == Bundle.ACTIVE && revision != null) {
                for (BundleCapability capability : revision.getDeclaredCapabilities(Ports.NAMESPACE)) {
                    try {
                        declared.add(Declaration.of(
                                name, capability.getAttributes(), unit, (pid, key) -> setting(admin, pid, key)));
                    } catch (IllegalArgumentException e) {
                        finding.accept(PortCode.PORT_DECLARATION_MALFORMED, name);
                    }
                }
            }
        }
        return declared;
    }

    private static Optional<Object> setting(@Nullable ConfigurationAdmin admin, String pid, String key) {
        if (admin == null || !pid.matches("[A-Za-z0-9._-]{1,200}")) {
            return Optional.empty();
        }
        try {
            Configuration[] found = admin.listConfigurations("(service.pid=" + pid + ")");
            return found == null || found.length == 0
                    ? Optional.empty()
                    : Optional.ofNullable(found[0].getProperties()).map(values -> values.get(key));
        } catch (IOException | InvalidSyntaxException | IllegalStateException e) {
            // Unreadable, or this bundle is on its way out and its Configuration Admin ended before it: then the port
            // it has without
            // configuration is expected.
            return Optional.empty();
        }
    }
}
