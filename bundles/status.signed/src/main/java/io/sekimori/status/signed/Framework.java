package io.sekimori.status.signed;

import io.sekimori.launcher.Admission;
import java.util.Arrays;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The bundles of the running framework. Thread-safe. */
final class Framework {

    private final BundleContext context;
    private final Admission admission;

    Framework(BundleContext context, Admission admission) {
        this.context = context;
        this.admission = admission;
    }

    List<Verdicts.Installed> installed() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getBundleId() != 0 && bundle.getState() != Bundle.UNINSTALLED)
                .map(bundle -> new Verdicts.Installed(
                        String.valueOf(bundle.getSymbolicName()),
                        bundle.getVersion().toString(),
                        admission.sha256(bundle).orElse(""),
                        state(bundle.getState())))
                .toList();
    }

    private static String state(int state) {
        return switch (state) {
            case Bundle.ACTIVE -> "ACTIVE";
            case Bundle.STARTING -> "STARTING";
            case Bundle.STOPPING -> "STOPPING";
            case Bundle.RESOLVED -> "RESOLVED";
            default -> "INSTALLED";
        };
    }
}
