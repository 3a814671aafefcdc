package io.sekimori.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One module of the reactor.
 *
 * @param folder its place relative to the root, with forward slashes: {@code bundles/audit.api}
 * @param path the same, absolute
 */
public record Module(String folder, Path path) {

    /** The folder's own name, which for a bundle is its symbolic name without {@code io.sekimori.}. */
    public String name() {
        return folder.substring(folder.lastIndexOf('/') + 1);
    }

    /** The first word of the name: {@code audit} of {@code audit.chain}. */
    public String area() {
        return name().split("\\.", 2)[0];
    }

    public Role role() {
        return Role.of(folder);
    }

    public Path classes() {
        return path.resolve("target/classes");
    }

    public Path testClasses() {
        return path.resolve("target/test-classes");
    }

    /** The Java sources of the module and of its tests. */
    public List<Path> sources() {
        return files(path.resolve("src"), ".java");
    }

    /** The files below {@code start} whose names end with {@code ending}, in a stable order; none if it is absent. */
    static List<Path> files(Path start, String ending) {
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(start)) {
            return found.filter(file -> Files.isRegularFile(file)
                            && file.getFileName().toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
