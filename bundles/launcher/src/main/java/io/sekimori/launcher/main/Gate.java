package io.sekimori.launcher.main;

import io.sekimori.generation.GenerationBundle;
import io.sekimori.generation.GenerationVerifier;
import io.sekimori.generation.Store;
import io.sekimori.generation.Unit;
import io.sekimori.generation.Verification;
import io.sekimori.launcher.Admission;
import io.sekimori.launcher.AdmitResult;
import io.sekimori.launcher.Unadmitted;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Admission to the running framework: verifies generations, installs their files, and notices every bundle that came in
 * another way.
 *
 * <p>Thread-safe. It calls the framework while it holds no lock.
 */
final class Gate implements Admission, SynchronousBundleListener {

    private final Unit unit;
    private final BundleContext system;
    private final AdmittedGenerations generations;
    private final AdmittedRevisions revisions;
    private final Intruders intruders;
    // The bundle whose installation by this gate was seen on this thread.
    private final ThreadLocal<Installing> installing = new ThreadLocal<>();

    Gate(
            Unit unit,
            BundleContext system,
            AdmittedGenerations generations,
            AdmittedRevisions revisions,
            Intruders intruders) {
        this.unit = unit;
        this.system = system;
        this.generations = generations;
        this.revisions = revisions;
        this.intruders = intruders;
    }

    private static final class Installing {
        private final String location;
        private Optional<Bundle> made = Optional.empty();

        private Installing(String location) {
            this.location = location;
        }
    }

    @Override
    public AdmitResult admit(int generation) {
        Verification verification = new GenerationVerifier(unit).verify(generation);
        if (verification instanceof Verification.Verified verified) {
            generations.add(verified.generation());
            return new AdmitResult.Admitted(generation, verified.files(), verified.took());
        }
        Verification.Refused refused = (Verification.Refused) verification;
        generations.remove(generation);
        return new AdmitResult.Refused(
                refused.refusal().code().name(), refused.refusal().detail());
    }

    @Override
    public void dismiss(int generation) {
        generations.remove(generation);
    }

    @Override
    public Bundle install(String sha256, int startLevel) throws BundleException {
        for (GenerationBundle signed : vouched(sha256)) {
            requireUnchanged(signed);
        }
        return installVerified(sha256, startLevel);
    }

    /** As {@link #install}, of a file that was hashed a moment ago. */
    Bundle installVerified(String sha256, int startLevel) throws BundleException {
        Collection<GenerationBundle> vouched = vouched(sha256);
        String location = location(unit.store(), sha256);
        Bundle existing = system.getBundle(location);
        if (existing != null) {
            if (revisions.sha256(existing).filter(sha256::equals).isPresent()) {
                return existing;
            }
            // Somebody put other bytes, or the same ones at another time, where ours belong.
            existing.uninstall();
        }
        Bundle bundle = installHere(location, sha256);
        for (GenerationBundle signed : vouched) {
            requireNamed(bundle, signed);
        }
        bundle.adapt(BundleStartLevel.class).setStartLevel(startLevel);
        return bundle;
    }

    private Collection<GenerationBundle> vouched(String sha256) throws BundleException {
        Collection<GenerationBundle> vouched = generations.of(sha256);
        if (vouched.isEmpty()) {
            throw new BundleException(LauncherCode.NOT_ADMITTED + ": " + sha256, BundleException.REJECTED_BY_HOOK);
        }
        return vouched;
    }

    // Its generation was verified when it was admitted, and the files of the store are the runtime's own.
    private void requireUnchanged(GenerationBundle signed) throws BundleException {
        if (!isUnchanged(signed)) {
            throw new BundleException(
                    LauncherCode.NOT_ADMITTED + ": the file of " + signed.name() + " has changed",
                    BundleException.REJECTED_BY_HOOK);
        }
    }

    private boolean isUnchanged(GenerationBundle signed) {
        try {
            return unit.store().check(signed.sha256(), signed.length()) instanceof Store.Check.Right;
        } catch (IOException e) {
            return false;
        }
    }

    private static void requireNamed(Bundle bundle, GenerationBundle signed) throws BundleException {
        try {
            Vouched.requireNamed(bundle, signed);
        } catch (BundleException e) {
            bundle.uninstall();
            throw e;
        }
    }

    private Bundle installHere(String location, String sha256) throws BundleException {
        Installing here = new Installing(location);
        installing.set(here);
        try {
            Bundle bundle = system.installBundle(location);
            if (here.made.filter(bundle::equals).isEmpty()) {
                bundle.uninstall();
                throw new BundleException(
                        LauncherCode.NOT_ADMITTED + ": somebody else installed " + sha256,
                        BundleException.REJECTED_BY_HOOK);
            }
            revisions.admit(bundle.adapt(BundleRevision.class), sha256);
            return bundle;
        } finally {
            installing.remove();
        }
    }

    static String location(Store store, String sha256) {
        return "reference:" + store.path(sha256).toUri().toString().replaceFirst("^file:///", "file:/");
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (event.getType() == BundleEvent.INSTALLED) {
            Installing here = installing.get();
            if (here != null && here.location.equals(bundle.getLocation())) {
                here.made = Optional.of(bundle);
            } else {
                intruders.report(system, bundle);
            }
        } else if (event.getType() == BundleEvent.UPDATED) {
            intruders.report(system, bundle);
        } else if (event.getType() == BundleEvent.UNRESOLVED) {
            lookAgain(bundle);
        } else if (event.getType() == BundleEvent.UNINSTALLED) {
            revisions.forget(bundle);
        }
    }

    // A refreshed revision stays the same object and reads its file anew, whatever that has become.
    private void lookAgain(Bundle bundle) {
        Optional<String> sha256 = revisions.sha256(bundle);
        if (sha256.isPresent() && bundle.getState() != Bundle.UNINSTALLED && !isFileOf(sha256.get())) {
            revisions.forget(bundle);
            intruders.report(system, bundle);
        }
    }

    private boolean isFileOf(String sha256) {
        try {
            return Sha256.hex(unit.store().path(sha256)).equals(sha256);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void withdraw(Bundle bundle) {
        revisions.withdraw(bundle);
    }

    @Override
    public void restore(Bundle bundle) {
        revisions.restore(bundle);
    }

    @Override
    public boolean admitted(Bundle bundle) {
        return revisions.mayResolve(bundle);
    }

    @Override
    public Optional<String> sha256(Bundle bundle) {
        return revisions.sha256(bundle);
    }

    @Override
    public List<Unadmitted> unadmitted() {
        return intruders.seen();
    }
}
