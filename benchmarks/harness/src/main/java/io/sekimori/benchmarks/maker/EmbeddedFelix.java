package io.sekimori.benchmarks.maker;

import io.sekimori.benchmarks.Setting;
import io.sekimori.itests.support.UnitAlone;
import io.sekimori.launcher.RunningGeneration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import org.apache.felix.framework.Felix;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.util.tracker.ServiceTracker;

/** A framework in this process where some apis are this program's, so that shipped bundles can be called directly. */
public final class EmbeddedFelix implements AutoCloseable {

    /** What acts by itself. */
    private static final Set<String> LEFT_OUT = Set.of("io.sekimori.update.engine", "io.sekimori.control.socket");

    private final Felix felix;

    private EmbeddedFelix(Felix felix) {
        this.felix = felix;
    }

    /**
     * Starts the bundles as shipped on a unit in that folder.
     *
     * @param shared the area whose api is this program's, such as {@code audit}
     */
    public static EmbeddedFelix start(Setting setting, Path unit, String shared) throws IOException {
        String api = "io.sekimori." + shared + ".api";
        List<Part> parts = Feature.bundles(setting);
        Felix felix = new Felix(Map.of(
                Constants.FRAMEWORK_STORAGE,
                setting.work().resolve("cache").toString(),
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                "io.sekimori.launcher;version=\"1.0.0\"," + exportedBy(api, parts),
                "felix.cm.dir",
                setting.work().resolve("configurations").toString()));
        try {
            felix.start();
            felix.getBundleContext().registerService(RunningGeneration.class, new UnitAlone(unit), null);
            List<Bundle> bundles = new ArrayList<>();
            for (Part part : parts) {
                if (!LEFT_OUT.contains(part.symbolicName())
                        && !part.symbolicName().equals(api)) {
                    bundles.add(felix.getBundleContext().installBundle("reference:file:" + part.jar()));
                }
            }
            for (Bundle bundle : bundles) {
                bundle.start();
            }
        } catch (BundleException e) {
            throw new IOException("the bundles do not start", e);
        }
        return new EmbeddedFelix(felix);
    }

    private static String exportedBy(String bundle, List<Part> parts) throws IOException {
        for (Part part : parts) {
            if (part.symbolicName().equals(bundle)) {
                try (JarFile jar = new JarFile(part.jar().toFile())) {
                    return jar.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
                }
            }
        }
        throw new IOException("the feature has no " + bundle);
    }

    /** The service of that type, waited for. */
    public <S> S service(Class<S> type) throws IOException, InterruptedException {
        ServiceTracker<S, S> tracker = new ServiceTracker<>(felix.getBundleContext(), type, null);
        // All of them: a health check that it also is comes of another bundle's package than this program's.
        tracker.open(true);
        @Nullable S service = tracker.waitForService(10_000);
        if (service == null) {
            throw new IOException("no " + type.getSimpleName());
        }
        return service;
    }

    @Override
    public void close() throws IOException {
        try {
            felix.stop();
            felix.waitForStop(10_000);
        } catch (BundleException e) {
            throw new IOException("does not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
