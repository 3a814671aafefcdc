package io.sekimori.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Prints what {@code target-platform/artifacts.tsv} would be for what the last build used. A person compares hashes
 * with another source, fills in licences that are {@code ?}, and commits it.
 */
public final class ArtifactProposal {

    private static final String HEAD = """
            # Every third-party file on a class path of the build or in the product. Columns, with tabs:
            # group:artifact:version[:classifier], SHA-256, licence (SPDX), use (product: shipped; build: builds and
            # tests it; demo: released by the demo alone, a line written by hand).
            # The build fails on a file that is not here or has other bytes. Proposed by target-platform/propose.
            """;

    private ArtifactProposal() {}

    /** Takes the root of the repository; the list goes to the file that is named second. */
    public static void main(String... arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        ThirdParty used = ThirdParty.of(Product.read(root));
        Map<String, Artifact> listed = Artifact.listed(root);
        Set<String> shipped = new HashSet<>();
        for (Path file : used.shipped()) {
            shipped.add(Artifact.sha256(file));
        }
        TreeMap<String, Artifact> proposed = new TreeMap<>();
        // What only the demo releases is on no class path, so its line is a person's.
        listed.values().stream()
                .filter(artifact -> artifact.use().equals(Artifact.DEMO))
                .forEach(artifact -> proposed.put(artifact.coordinates(), artifact));
        for (Map.Entry<String, Path> file : used.classPaths().entrySet()) {
            String sha256 = Artifact.sha256(file.getValue());
            Artifact known = listed.get(file.getKey());
            boolean reviewed = known != null && !known.licence().equals(Artifact.UNKNOWN_LICENCE);
            String licence = reviewed ? known.licence() : Licences.of(file.getValue());
            // What a bundle carries inside is in no folder of the product, so that it is shipped is a person's word
            // too.
            boolean carried = known != null && known.use().equals("product");
            String use = carried || shipped.contains(sha256) ? "product" : "build";
            proposed.put(file.getKey(), new Artifact(file.getKey(), sha256, licence, use));
        }
        StringBuilder text = new StringBuilder(HEAD);
        proposed.values().forEach(artifact -> text.append(artifact.line()).append('\n'));
        Files.writeString(Path.of(arguments[1]), text);
    }
}
