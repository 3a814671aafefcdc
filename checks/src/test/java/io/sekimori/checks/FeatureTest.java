package io.sekimori.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.felix.framework.Felix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** Each feature names what its distribution ships, and those bundles resolve together. */
class FeatureTest {

    private static final Pattern BUNDLE = Pattern.compile("\\{\\s*\"id\": *\"[^\":]+:([^\":]+):([^\":]+)\"");

    private static final String LAUNCHER_API = "1.0.0";
    private static final String PACKAGE = PackageNamespace.PACKAGE_NAMESPACE;

    private final Path root = Path.of(System.getProperty("sekimori.root"));
    private final Path gateway = root.resolve("distrib/target/bundles");

    @TempDir
    private Path cache;

    @ParameterizedTest
    @CsvSource({"gateway, distrib/target/bundles", "console, distrib/console/target/bundles"})
    void theDistributionShipsTheBundlesOfTheFeatureAndNoOthers(String feature, String bundles) throws IOException {
        TreeSet<String> shipped = Module.files(root.resolve(bundles), ".jar").stream()
                .map(file -> file.getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(new TreeSet<>(namedBy(feature))).isEqualTo(shipped);
    }

    @ParameterizedTest
    @CsvSource({"gateway, distrib/target/bundles", "console, distrib/console/target/bundles"})
    void theBundlesOfTheFeatureResolveTogether(String feature, String bundles)
            throws IOException, BundleException, InterruptedException {
        List<Path> files =
                namedBy(feature).stream().map(root.resolve(bundles)::resolve).toList();

        assertThat(unresolved(files)).isEmpty();
    }

    /** What an archive carries is less than the JDK that builds it, so that resolving here proves nothing about it. */
    @ParameterizedTest
    @CsvSource({"gateway, distrib/target/bundles", "console, distrib/console/target/bundles"})
    void theBundlesNeedNoPackageThatTheRuntimeOfTheArchiveLacks(String feature, String bundles)
            throws IOException, BundleException, InterruptedException {
        List<Path> files =
                namedBy(feature).stream().map(root.resolve(bundles)::resolve).toList();

        Set<String> used = inFramework(files, FeatureTest::packagesOfTheJdk);

        assertThat(used).contains("javax.net.ssl");
        assertThat(LinkedRuntime.packages(root, feature)).containsAll(used);
    }

    @Test
    void aMissingBundleIsNoticed() throws IOException, BundleException, InterruptedException {
        List<Path> files = namedBy("gateway").stream()
                .filter(name -> !name.startsWith("jackson-core"))
                .map(gateway::resolve)
                .toList();

        assertThat(unresolved(files)).contains("io.sekimori.trust");
    }

    /** The jars in the list of bundles; what else the feature names belongs to the launcher. */
    private List<String> namedBy(String product) throws IOException {
        String feature = Files.readString(root.resolve("features").resolve(product + ".json"));
        int start = feature.indexOf("\"bundles\"");
        return BUNDLE.matcher(feature.substring(start, feature.indexOf(']', start)))
                .results()
                .map((MatchResult id) -> id.group(1) + "-" + id.group(2) + ".jar")
                .toList();
    }

    /** The symbolic names of those of {@code files} that do not resolve in a framework with the launcher's api. */
    private List<String> unresolved(List<Path> files) throws BundleException, InterruptedException {
        return inFramework(
                files,
                installed -> installed.stream()
                        .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
                        .map(Bundle::getSymbolicName)
                        .toList());
    }

    /** The packages of the JDK that these cannot do without. */
    private static Set<String> packagesOfTheJdk(List<Bundle> bundles) {
        return bundles.stream()
                .flatMap(bundle -> bundle.adapt(BundleWiring.class).getRequiredWires(PACKAGE).stream())
                .filter(wire -> wire.getProvider().getBundle().getBundleId() == 0)
                .filter(wire -> !Constants.RESOLUTION_OPTIONAL.equals(
                        wire.getRequirement().getDirectives().get(Constants.RESOLUTION_DIRECTIVE)))
                .map(wire -> String.valueOf(wire.getCapability().getAttributes().get(PACKAGE)))
                .filter(name -> LinkedRuntime.isOfTheJdk(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private <T> T inFramework(List<Path> files, Function<List<Bundle>, T> question)
            throws BundleException, InterruptedException {
        Felix framework = new Felix(Map.of(
                Constants.FRAMEWORK_STORAGE,
                cache.resolve("cache").toString(),
                Constants.FRAMEWORK_STORAGE_CLEAN,
                Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                "io.sekimori.launcher;version=\"" + LAUNCHER_API + "\"",
                "felix.log.level",
                "0"));
        framework.init();
        try {
            List<Bundle> installed = new ArrayList<>();
            for (Path file : files) {
                installed.add(
                        framework.getBundleContext().installBundle(file.toUri().toString()));
            }
            framework.adapt(FrameworkWiring.class).resolveBundles(installed);
            return question.apply(installed);
        } finally {
            framework.stop();
            framework.waitForStop(10_000);
        }
    }
}
