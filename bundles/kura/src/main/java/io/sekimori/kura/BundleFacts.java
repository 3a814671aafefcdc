package io.sekimori.kura;

import io.sekimori.launcher.Admission;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * One bundle as Kura's lists have it.
 *
 * @param state in OSGi's words; the number where there is none
 * @param signed whether the launcher vouches for exactly what is installed: its hash stands in signed metadata
 */
record BundleFacts(String name, String version, long id, String state, boolean signed) {

    /** Every bundle there is, by id. The framework itself is number 0; the launcher verified it before it loaded it. */
    static List<BundleFacts> all(BundleContext context, Admission admission) {
        return Arrays.stream(context.getBundles())
                .sorted(Comparator.comparingLong(Bundle::getBundleId))
                .map(bundle -> of(bundle, admission))
                .toList();
    }

    private static BundleFacts of(Bundle bundle, Admission admission) {
        String name = bundle.getSymbolicName();
        return new BundleFacts(
                name == null ? "" : name, // a bundle of before OSGi R4; it never resolves here
                bundle.getVersion().toString(),
                bundle.getBundleId(),
                state(bundle.getState()),
                admission.admitted(bundle));
    }

    private static String state(int state) {
        return switch (state) {
            case Bundle.UNINSTALLED -> "UNINSTALLED";
            case Bundle.INSTALLED -> "INSTALLED";
            case Bundle.RESOLVED -> "RESOLVED";
            case Bundle.STARTING -> "STARTING";
            case Bundle.STOPPING -> "STOPPING";
            case Bundle.ACTIVE -> "ACTIVE";
            default -> Integer.toString(state);
        };
    }
}
