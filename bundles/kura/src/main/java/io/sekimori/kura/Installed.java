package io.sekimori.kura;

import io.sekimori.launcher.Admission;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.update.UpdateService;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * What runs, in Kura's two ways of seeing it: bundles, and packages that were deployed. Of the latter there is one, the
 * generation, whose version is its number. Thread-safe.
 */
final class Installed {

    /** What the generation is called where Kura has the name of a deployment package. */
    static final String PACKAGE = "sekimori.generation";

    private final BundleContext context;
    private final Admission admission;
    private final RunningGeneration started;
    private final Supplier<Optional<UpdateService>> update;

    Installed(
            BundleContext own,
            Admission admission,
            RunningGeneration started,
            Supplier<Optional<UpdateService>> update) {
        // The framework's, which outlives this bundle: a request that an old version has begun is still answered.
        this.context = own.getBundle(Constants.SYSTEM_BUNDLE_ID).getBundleContext();
        this.admission = admission;
        this.started = started;
        this.update = update;
    }

    List<BundleFacts> bundles() {
        return BundleFacts.all(context, admission);
    }

    /** The bundles that came with the generation: those the launcher vouches for, without the framework. */
    List<BundleFacts> packaged() {
        return bundles().stream()
                .filter(bundle -> bundle.signed() && bundle.id() != 0)
                .toList();
    }

    /** The number of the generation; the one this process was started with while nobody knows better. */
    String version() {
        OptionalInt now = update.get().map(UpdateService::generation).orElse(OptionalInt.empty());
        return Integer.toString(now.orElse(started.number()));
    }
}
