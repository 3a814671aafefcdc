package io.sekimori.launcher.main;

import io.sekimori.launcher.Wiring;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.NativeNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** Reads the wires of resolved bundles into a value. Thread-safe. */
final class WiringReader {

    // The runtime's own, and services, which come and go while bundles run.
    private static final Set<String> LEFT_OUT = Set.of(
            ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE,
            NativeNamespace.NATIVE_NAMESPACE,
            "osgi.service");
    private static final Set<String> NAMED_BY_THEMSELVES =
            Set.of(PackageNamespace.PACKAGE_NAMESPACE, BundleNamespace.BUNDLE_NAMESPACE, HostNamespace.HOST_NAMESPACE);

    private WiringReader() {}

    /** The wires of those of the bundles that are resolved. */
    static Wiring read(Collection<Bundle> bundles) {
        Map<String, List<String>> wires = new TreeMap<>();
        for (Bundle bundle : bundles) {
            BundleWiring wiring = bundle.adapt(BundleWiring.class);
            if (wiring != null) {
                wires.put(name(bundle), lines(wiring));
            }
        }
        return Wiring.of(wires);
    }

    static String name(Bundle bundle) {
        return bundle.getSymbolicName() + "/" + bundle.getVersion();
    }

    private static List<String> lines(BundleWiring wiring) {
        List<String> lines = new ArrayList<>();
        for (BundleWire wire : wiring.getRequiredWires(null)) {
            if (counts(wire.getRequirement())) {
                lines.add(line(wire));
            }
        }
        return lines;
    }

    private static boolean counts(BundleRequirement requirement) {
        String resolution = requirement.getDirectives().get(Constants.RESOLUTION_DIRECTIVE);
        return !LEFT_OUT.contains(requirement.getNamespace())
                && !PackageNamespace.RESOLUTION_DYNAMIC.equals(resolution);
    }

    private static String line(BundleWire wire) {
        BundleRevision provider = wire.getProvider();
        return wire.getRequirement().getNamespace() + ";" + what(wire) + " -> " + provider.getSymbolicName() + "/"
                + provider.getVersion();
    }

    private static String what(BundleWire wire) {
        String namespace = wire.getRequirement().getNamespace();
        if (NAMED_BY_THEMSELVES.contains(namespace)) {
            return String.valueOf(wire.getCapability().getAttributes().get(namespace));
        }
        String filter = wire.getRequirement().getDirectives().get(Constants.FILTER_DIRECTIVE);
        return filter == null ? "" : filter;
    }
}
