package io.sekimori.cli;

import io.sekimori.cli.Product.Part;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Swap;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureBundle;
import org.osgi.service.feature.FeatureExtension;
import org.osgi.service.feature.FeatureService;
import org.osgi.service.feature.ID;

/**
 * Reads features as the OSGi Compendium has them (chapter 159). Of a bundle's metadata it knows {@code
 * bundleStartLevel}, {@code sekimori.swap} and, where the symbolic name is not the artifact id, {@code symbolicName};
 * the extension {@code sekimori.slot} lists the start class path.
 */
final class FeatureFile {

    private static final String START_LEVEL = "bundleStartLevel";
    private static final String SWAP = "sekimori.swap";
    private static final String SYMBOLIC_NAME = "symbolicName";
    private static final String SLOT = "sekimori.slot";

    private FeatureFile() {}

    /** What the features in {@code files} say together. */
    static Product read(List<Path> files) throws IOException, Failure {
        Product product = new Product(List.of(), Map.of());
        for (Path file : files) {
            product = product.and(read(file));
        }
        return product;
    }

    private static Product read(Path file) throws IOException, Failure {
        FeatureService features = ServiceLoader.load(FeatureService.class, FeatureFile.class.getClassLoader())
                .findFirst()
                .orElseThrow();
        try (Reader reader = Files.newBufferedReader(file)) {
            return product(features.readFeature(reader));
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new Failure(ExitCode.REFUSED, "FEATURE_MALFORMED", file, e.getMessage()).because(e);
        } catch (RuntimeException e) {
            // The reader answers whatever its JSON parser throws, and has no exception of its own.
            throw new Failure(ExitCode.REFUSED, "FEATURE_MALFORMED", file, String.valueOf(e.getMessage())).because(e);
        }
    }

    private static Product product(Feature feature) {
        List<Part> parts = new ArrayList<>();
        for (FeatureBundle bundle : feature.getBundles()) {
            parts.add(part(bundle.getID(), bundle.getMetadata(), Kind.BUNDLE));
        }
        FeatureExtension slot = feature.getExtensions().get(SLOT);
        if (slot != null) {
            slot.getArtifacts()
                    .forEach(artifact -> parts.add(part(artifact.getID(), artifact.getMetadata(), Kind.SLOT)));
        }
        Map<String, Map<String, Object>> configurations = new TreeMap<>();
        feature.getConfigurations()
                .forEach((pid, configuration) -> configurations.put(pid, values(configuration.getValues())));
        return new Product(parts, configurations);
    }

    private static Part part(ID id, Map<String, Object> facts, Kind kind) {
        return new Part(
                id.toString(),
                id.getArtifactId() + "-" + id.getVersion(),
                String.valueOf(facts.getOrDefault(SYMBOLIC_NAME, id.getArtifactId())),
                OsgiVersion.of(id.getVersion()),
                Integer.parseInt(String.valueOf(facts.getOrDefault(START_LEVEL, 1))),
                Swap.valueOf(String.valueOf(facts.getOrDefault(SWAP, kind == Kind.SLOT ? "restart" : "replace"))
                        .toUpperCase(Locale.ROOT)),
                kind);
    }

    private static Map<String, Object> values(Map<String, Object> given) {
        Map<String, Object> values = new TreeMap<>();
        given.forEach((name, value) -> values.put(name, value(value)));
        return values;
    }

    private static Object value(Object value) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        if (value instanceof Object[] array) {
            return Arrays.stream(array).map(String::valueOf).toList();
        }
        return value instanceof Boolean ? value : String.valueOf(value);
    }
}
