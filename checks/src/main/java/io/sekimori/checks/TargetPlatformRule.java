package io.sekimori.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every third-party file on any class path and in the product is listed in {@code target-platform/artifacts.tsv} with
 * these very bytes and a known licence, and nothing is listed that nobody uses.
 */
public final class TargetPlatformRule implements Rule {

    private static final Set<String> MAY_BE_SHIPPED = Set.of(
            "Apache-2.0",
            "MIT",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "EPL-2.0",
            "Apache-2.0 OR EPL-2.0",
            // H2: binds those who change its own files alone, as EPL-2.0 does.
            "EPL-1.0 OR MPL-2.0",
            "EPL-2.0 OR GPL-2.0-only WITH Classpath-exception-2.0");

    @Override
    public List<String> violations(Product product) {
        List<String> found = new ArrayList<>();
        try {
            ThirdParty used = ThirdParty.of(product);
            Map<String, Artifact> listed = Artifact.listed(product.root());
            used.unknown().forEach(module -> found.add(module + ": its class path was not recorded; run: mvn verify"));
            for (Map.Entry<String, Path> file : used.classPaths().entrySet()) {
                Artifact artifact = listed.get(file.getKey());
                if (artifact == null) {
                    found.add(file.getKey() + ": is not listed; see target-platform/propose");
                } else if (!artifact.sha256().equals(Artifact.sha256(file.getValue()))) {
                    found.add(file.getKey() + ": its bytes are not those that are listed");
                } else if (artifact.licence().equals(Artifact.UNKNOWN_LICENCE)) {
                    found.add(file.getKey() + ": its licence is not known");
                }
            }
            Set<String> demo = hashes(used.demo());
            for (Artifact artifact : listed.values()) {
                boolean isUsed = artifact.use().equals(Artifact.DEMO)
                        ? demo.contains(artifact.sha256())
                        : used.classPaths().containsKey(artifact.coordinates());
                if (used.unknown().isEmpty() && !isUsed) {
                    found.add(artifact.coordinates() + ": is listed and nobody uses it");
                }
            }
            checkDemo(used.demo(), listed, found);
            checkShipped(used.shipped(), listed, found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static void checkShipped(List<Path> shipped, Map<String, Artifact> listed, List<String> found)
            throws IOException {
        Set<String> hashes = new HashSet<>();
        for (Artifact artifact : listed.values()) {
            if (artifact.use().equals("product")) {
                hashes.add(artifact.sha256());
                if (!MAY_BE_SHIPPED.contains(artifact.licence())) {
                    found.add(artifact.coordinates() + ": shipped under " + artifact.licence());
                }
            }
        }
        for (Path file : shipped) {
            if (!hashes.contains(Artifact.sha256(file))) {
                found.add(file.getFileName() + ": is shipped and not listed as part of the product");
            }
        }
    }

    private static void checkDemo(List<Path> parts, Map<String, Artifact> listed, List<String> found)
            throws IOException {
        Set<String> hashes = listed.values().stream().map(Artifact::sha256).collect(Collectors.toSet());
        for (Path file : parts) {
            if (!hashes.contains(Artifact.sha256(file))) {
                found.add(file.getFileName() + ": is released by the demo and not listed");
            }
        }
    }

    private static Set<String> hashes(List<Path> files) throws IOException {
        Set<String> hashes = new HashSet<>();
        for (Path file : files) {
            hashes.add(Artifact.sha256(file));
        }
        return hashes;
    }
}
