package io.sekimori.launcher.main;

import io.sekimori.launcher.Rehearsal;
import io.sekimori.launcher.Rehearsed;
import io.sekimori.launcher.Wiring;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The rehearsal service, beside the running framework whose wiring it also reads. Thread-safe. */
record LiveRehearsal(SecondFramework second, BundleContext system, AdmittedRevisions revisions) implements Rehearsal {

    @Override
    public Rehearsed rehearse(OptionalInt from, int to) {
        return second.rehearse(from, to);
    }

    @Override
    public Wiring wiring() {
        List<Bundle> bundles = Arrays.stream(system.getBundles())
                .filter(bundle -> bundle.getBundleId() != 0)
                .filter(revisions::mayResolve)
                .toList();
        return WiringReader.read(bundles);
    }

    @Override
    public Wiring wiring(Collection<Bundle> bundles) {
        return WiringReader.read(bundles);
    }
}
