package io.sekimori.itests.framework;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;

import io.sekimori.itests.support.BundleJar;
import io.sekimori.itests.support.Jars;
import io.sekimori.launcher.main.BenchActivator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;

/** What the framework of a scenario is made of. Used outside the framework only. */
final class Scenario {

    private Scenario() {}

    /** Felix with every bundle that ships and the consumers, and nothing of the launcher but its interfaces. */
    static Option[] withoutLauncher() throws IOException {
        List<Path> jars = new ArrayList<>(Jars.shipped());
        jars.add(Jars.fixture("io.sekimori.itests.traffic"));
        return options(
                felix(),
                frameworkProperty("felix.cm.dir")
                        .value(untilTheEnd("sekimori-cm").toString()),
                bundles(jars));
    }

    /** Felix under the launcher's gate, with a unit whose generation 1 is the gateway as it ships and the consumers. */
    static Option[] launched() throws IOException {
        Path folder = untilTheEnd("sekimori-bench");
        Path bench = BundleJar.empty("io.sekimori.itests.bench", "1.0.0")
                .with("Import-Package", "io.sekimori.launcher.main")
                .with("Bundle-Activator", BenchActivator.class.getName())
                .into(folder);
        return options(
                felix(),
                systemPackages("io.sekimori.launcher.main"),
                frameworkProperty(BenchActivator.FOLDER).value(folder.toString()),
                frameworkProperty("felix.cm.dir")
                        .value(folder.resolve("unit/data/org.apache.felix.configadmin")
                                .toString()),
                // The test container has its own copy of the logging api.
                frameworkProperty("org.osgi.framework.bsnversion").value("multiple"),
                bundles(List.of(bench, Jars.shipped("slf4j.api"), Jars.shipped("slf4j.nop"))));
    }

    /** A folder that is deleted when the process of the tests ends: a framework in it stops last of all. */
    private static Path untilTheEnd(String prefix) throws IOException {
        Path folder = Files.createTempDirectory(prefix);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), prefix));
        return folder;
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Option felix() {
        return composite(
                cleanCaches(true),
                junitBundles(),
                systemPackages("io.sekimori.launcher;version=\"1.0.0\"", "io.sekimori.itests.support"));
    }

    private static Option bundles(List<Path> jars) {
        return composite(
                jars.stream().map(jar -> bundle(jar.toUri().toString())).toArray(Option[]::new));
    }
}
