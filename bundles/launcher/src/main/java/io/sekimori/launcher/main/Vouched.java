package io.sekimori.launcher.main;

import io.sekimori.generation.GenerationBundle;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;

/**
 * Compares what a bundle calls itself with what was signed: floors, plans and reports speak of the signed name, and the
 * framework only knows the other.
 */
final class Vouched {

    private Vouched() {}

    static void requireNamed(Bundle bundle, GenerationBundle signed) throws BundleException {
        if (!signed.symbolicName().equals(bundle.getSymbolicName()) || !isSame(signed, bundle.getVersion())) {
            throw new BundleException(
                    LauncherCode.NOT_ADMITTED + ": " + signed.name() + " calls itself " + WiringReader.name(bundle),
                    BundleException.REJECTED_BY_HOOK);
        }
    }

    private static boolean isSame(GenerationBundle signed, Version version) {
        try {
            return Version.parseVersion(signed.version()).equals(version);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
