package io.sekimori.demo;

import io.sekimori.launcher.RunningGeneration;
import io.sekimori.trust.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** A process of its own: the capability bundles and their callers on Felix without anything of ours around them. */
final class BareFelix {

    /** The bundles that are updated with {@code Bundle.update}. */
    static final List<String> UPDATED =
            List.of("io.sekimori.audit.chain", "io.sekimori.keys.file", "io.sekimori.config.admin");

    private static final List<String> LEFT_OUT = List.of("io.sekimori.update.engine", "io.sekimori.control.socket");

    private static final int MOST_FAILURES = 20;
    private static final int MOST_UPDATES = 60;

    private BareFelix() {}

    /** Runs the comparison: the demo's directory, the unit, the file for the answer. */
    public static void main(String... arguments) throws BundleException, IOException, Broken, InterruptedException {
        Path state = Path.of(arguments[0]);
        Path unit = Path.of(arguments[1]);
        Place place = new Place(Path.of(System.getProperty("sekimori.home")), state);
        Tool tool = new Tool(state, Clock.systemUTC());
        Gateway files = new Gateway(unit, place.pidFile("bare"), place.log("bare"), tool);
        Framework framework = new FrameworkFactory().newFramework(settings(state, unit));
        framework.start();
        try {
            framework.getBundleContext().registerService(RunningGeneration.class, new OnlyTheUnit(unit), null);
            Map<String, Bundle> bundles = install(framework.getBundleContext(), place);
            Traffic traffic = new Traffic(files);
            long made = 0;
            long lost = 0;
            long failures = 0;
            long updates = 0;
            // One update may meet no call by chance: they go on until one was lost.
            while (lost == 0 && updates < MOST_UPDATES) {
                for (String name : UPDATED) {
                    traffic.begin(name);
                    traffic.awaitCalls(8);
                    failures +=
                            update(bundles.get(name), place.jars().resolve(name + "-" + Capabilities.NEXT + ".jar"));
                    updates++;
                    traffic.awaitCalls(8);
                    Traffic.Count count = traffic.count();
                    made += count.made();
                    lost += count.lost();
                }
            }
            Files.write(
                    Path.of(arguments[2]),
                    JsonText.bytes(new TreeMap<>(
                            Map.of("updates", updates, "made", made, "lost", lost, "failures", failures))));
        } finally {
            framework.stop();
            framework.waitForStop(10_000);
        }
    }

    /** Updates as an operator would who tries again; answers how often the framework itself refused. */
    private static int update(Bundle bundle, Path jar) throws IOException, BundleException {
        int failures = 0;
        try (InputStream next = Files.newInputStream(jar)) {
            bundle.update(next);
        } catch (BundleException e) {
            // Seen under load: "Unable to acquire global lock for resolve". The bundle is updated and not started.
            failures++;
        }
        while (bundle.getState() != Bundle.ACTIVE) {
            try {
                bundle.start();
            } catch (BundleException e) {
                if (++failures > MOST_FAILURES) {
                    throw e;
                }
            }
        }
        return failures;
    }

    private static Map<String, String> settings(Path state, Path unit) {
        Map<String, String> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, state.resolve("bare/cache").toString());
        settings.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, "io.sekimori.launcher;version=\"1.0.0\"");
        settings.put(
                "felix.cm.dir",
                unit.resolve("data/org.apache.felix.configadmin").toString());
        return settings;
    }

    private static Map<String, Bundle> install(BundleContext context, Place place) throws IOException, BundleException {
        Map<String, Bundle> bundles = new HashMap<>();
        List<Path> jars = new ArrayList<>();
        for (Path directory : List.of(place.jarDirectories().get(0), place.parts())) {
            try (var files = Files.newDirectoryStream(directory, "*.jar")) {
                files.forEach(jars::add);
            }
        }
        for (Path jar : jars) {
            String name = jar.getFileName().toString();
            boolean guest = name.contains("demo.guest") || name.contains("eventadmin");
            if (!guest && LEFT_OUT.stream().noneMatch(name::startsWith)) {
                Bundle bundle = context.installBundle(jar.toUri().toString());
                bundles.put(bundle.getSymbolicName(), bundle);
            }
        }
        for (Bundle bundle : bundles.values()) {
            if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
                bundle.start();
            }
        }
        return bundles;
    }
}
