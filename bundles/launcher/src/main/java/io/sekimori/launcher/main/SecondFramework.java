package io.sekimori.launcher.main;

import io.sekimori.generation.Generation;
import io.sekimori.generation.Generations;
import io.sekimori.generation.Unit;
import io.sekimori.launcher.Rehearsed;
import io.sekimori.launcher.Rehearsed.Stage;
import io.sekimori.launcher.Wiring;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Refusal;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** Rehearses generations in frameworks of their own. Thread-safe; one rehearsal at a time. */
final class SecondFramework {

    private final Unit unit;
    private final Scratch scratch;
    private final Lines lines;

    SecondFramework(Unit unit, Scratch scratch, Lines lines) {
        this.unit = unit;
        this.scratch = scratch;
        this.lines = lines;
    }

    synchronized Rehearsed rehearse(OptionalInt from, int to) {
        try {
            Generation target = generation(to);
            Rehearsed cold = cold(target);
            if (from.isEmpty() || !(cold instanceof Rehearsed.Resolved resolved)) {
                return cold;
            }
            return hot(generation(from.getAsInt()), target, resolved.cold());
        } catch (IOException | MalformedJson | BundleException e) {
            return new Rehearsed.Failed(
                    LauncherCode.REHEARSAL_FAILED.name(),
                    new Refusal(LauncherCode.REHEARSAL_FAILED, e.toString()).detail());
        }
    }

    private Generation generation(int number) throws IOException, MalformedJson {
        return new Generations(unit)
                .read(number)
                .orElseThrow(() -> new IOException("there is no generation " + number));
    }

    private Rehearsed cold(Generation target) throws IOException, BundleException {
        try (RehearsalFramework framework = new RehearsalFramework(unit, scratch, lines)) {
            framework.resolve(target);
            List<String> unresolved = framework.unresolved(target);
            if (!unresolved.isEmpty()) {
                return new Rehearsed.Unresolved(Stage.COLD, unresolved);
            }
            Wiring cold = WiringReader.read(framework.of(target));
            return new Rehearsed.Resolved(cold, cold, Set.of());
        }
    }

    private Rehearsed hot(Generation running, Generation target, Wiring cold) throws IOException, BundleException {
        try (RehearsalFramework framework = new RehearsalFramework(unit, scratch, lines)) {
            framework.resolve(running);
            framework.hideAllBut(target);
            framework.resolve(target);
            List<String> unresolved = framework.unresolved(target);
            if (!unresolved.isEmpty()) {
                return new Rehearsed.Unresolved(Stage.HOT, unresolved);
            }
            Collection<Bundle> wanted = framework.of(target);
            return new Rehearsed.Resolved(cold, WiringReader.read(wanted), pendingRefresh(wanted));
        }
    }

    /** Bundles that stay and are wired to one that goes. */
    private static Set<String> pendingRefresh(Collection<Bundle> wanted) {
        Set<String> names = new TreeSet<>();
        for (Bundle bundle : wanted) {
            for (BundleWire wire : bundle.adapt(BundleWiring.class).getRequiredWires(null)) {
                Bundle provider = wire.getProvider().getBundle();
                if (provider.getBundleId() != 0 && !wanted.contains(provider)) {
                    names.add(WiringReader.name(bundle));
                }
            }
        }
        return names;
    }
}
