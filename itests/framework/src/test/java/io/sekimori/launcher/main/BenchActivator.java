package io.sekimori.launcher.main;

import io.sekimori.itests.support.Jars;
import io.sekimori.itests.support.Part;
import io.sekimori.itests.support.Parts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/**
 * Puts the launcher around a framework that the test container has made: the activator of a bundle without a class of
 * its own, which gets this one from the system bundle.
 */
public final class BenchActivator implements BundleActivator {

    /** The framework property that names a new folder for unit, keys and releases. */
    public static final String FOLDER = "sekimori.bench";

    private static final int START_LEVEL = 5;
    private static final Map<String, Object> QUICK =
            Map.of("probation.seconds", 1L, "settle.seconds", 10L, "deadline.seconds", 30L);

    @Override
    public void start(BundleContext context) throws IOException, BundleException {
        Part traffic = Part.bundle(Jars.fixture("io.sekimori.itests.traffic"), START_LEVEL);
        LaunchedBench bench = new LaunchedBench(
                Path.of(context.getProperty(FOLDER)),
                Parts.gateway().with(traffic),
                Map.of("io.sekimori.update.engine", QUICK));
        bench.begin(context.getBundle(0).getBundleContext());
    }

    @Override
    public void stop(BundleContext context) {
        // The launcher's services belong to the system bundle and go with it.
    }
}
