package io.sekimori.cli;

import io.sekimori.trust.Kind;
import io.sekimori.trust.Release;
import io.sekimori.trust.Swap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one or more features say a gateway is made of.
 *
 * @param parts bundles in the order of the features, then the jars of the start class path
 * @param configurations default configurations by PID, with values of String, Long, Boolean or List of String
 */
record Product(List<Part> parts, Map<String, Map<String, Object>> configurations) {

    Product {
        parts = List.copyOf(parts);
    }

    /**
     * One jar.
     *
     * @param mavenId group, artifact and version as the feature has them
     * @param artifact the artifact id with the version: the name of the jar without {@code .jar}
     * @param symbolicName the bundle symbolic name
     * @param version major, minor and micro; the bundle's own version may add a qualifier
     * @param startLevel 1 or greater; means nothing for a jar of the start class path
     * @param swap how it may be replaced
     */
    record Part(
            String mavenId,
            String artifact,
            String symbolicName,
            String version,
            int startLevel,
            Swap swap,
            Kind kind) {

        /** Whether {@code release} is this jar. */
        boolean is(Release release) {
            return release.kind() == kind
                    && release.symbolicName().equals(symbolicName)
                    && (release.version().equals(version) || release.version().startsWith(version + "."));
        }
    }

    /** Both together; a configuration of {@code other} replaces one of this with the same PID. */
    Product and(Product other) {
        List<Part> all = new ArrayList<>(parts);
        all.addAll(other.parts);
        Map<String, Map<String, Object>> merged = new LinkedHashMap<>(configurations);
        merged.putAll(other.configurations);
        return new Product(all, merged);
    }
}
