package io.sekimori.benchmarks.start;

import io.sekimori.benchmarks.Folders;
import io.sekimori.benchmarks.maker.Part;
import io.sekimori.itests.support.UnitAlone;
import io.sekimori.launcher.RunningGeneration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * The peer: Felix with bundles by reference, by start level, with its cache in memory. It tells the bundles where
 * their data lie, so that the capabilities work as in a gateway, and does nothing else: what the update engine needs
 * of a launcher is not there.
 */
public final class BareFelix {

    private BareFelix() {}

    /** The command line that starts it with these bundles. */
    public static List<String> command(List<String> javaOptions, String classPath, Path unit, List<Part> parts) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", classPath, BareFelix.class.getName(), unit.toString()));
        parts.forEach(part -> command.add(part.startLevel() + ":" + part.jar()));
        return command;
    }

    /** Takes the folder for data and {@code level:jar} for each bundle; runs until it is killed. */
    public static void main(String[] arguments) throws IOException, BundleException, InterruptedException {
        Path memory = Path.of("/dev/shm");
        Path cache = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "bare-felix-")
                : Files.createTempDirectory("bare-felix-");
        Map<String, Object> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, "io.sekimori.launcher;version=\"1.0.0\"");
        Path unit = Path.of(arguments[0]);
        settings.put(
                "felix.cm.dir",
                unit.resolve("data/org.apache.felix.configadmin").toString());
        settings.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, highest(arguments));
        Felix felix = new Felix(settings);
        felix.init();
        felix.getBundleContext().registerService(RunningGeneration.class, new UnitAlone(unit), null);
        List<Bundle> bundles = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            int colon = arguments[i].indexOf(':');
            int level = Integer.parseInt(arguments[i].substring(0, colon));
            Bundle bundle =
                    felix.getBundleContext().installBundle("reference:file:" + arguments[i].substring(colon + 1));
            bundle.adapt(BundleStartLevel.class).setStartLevel(level);
            bundles.add(bundle);
        }
        for (Bundle bundle : bundles) {
            if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                bundle.start();
            }
        }
        felix.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> clean(cache)));
        new CountDownLatch(1).await();
    }

    private static String highest(String[] arguments) {
        return Arrays.stream(arguments)
                .skip(1)
                .map(argument -> Integer.valueOf(argument.substring(0, argument.indexOf(':'))))
                .max(Integer::compare)
                .orElse(1)
                .toString();
    }

    private static void clean(Path cache) {
        try {
            Folders.delete(cache);
        } catch (IOException e) {
            System.err.println("left behind: " + cache + ": " + e);
        }
    }
}
