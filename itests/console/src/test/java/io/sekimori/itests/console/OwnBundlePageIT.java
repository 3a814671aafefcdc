package io.sekimori.itests.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/your-own-bundle.md}, pasted from top to bottom in a copy of the clone: Maven builds the bundle twice, and a
 * gateway in a process of its own takes both; no console.
 */
class OwnBundlePageIT {

    private static final String BUNDLE = "org.example.meter";

    // The terminal brings the features; what was built is not copied, and neither is what somebody left in the clone.
    private static final Set<String> COPIED =
            Set.of("benchmarks", "bundles", "checks", "demo", "distrib", "itests", "target-platform");

    @TempDir
    private Path directory;

    @Test
    void everyCommandOnThePageWorksInTheOrderGiven() throws Exception {
        copyOfTheClone();
        Map<String, String> said = new LinkedHashMap<>();
        try (Terminal terminal = new Terminal(directory)) {
            for (String command :
                    Page.read(Terminal.clone("docs/your-own-bundle.md")).commands()) {
                said.merge(command, give(terminal, command), String::concat);
            }
        }

        assertThat(said).hasSizeGreaterThan(25);
        assertThat(said.get("sekimori bundles --unit unit")).contains(BUNDLE);
        assertThat(said.get("sekimori vault show --unit unit").lines().filter(line -> line.contains(BUNDLE)))
                .as("with the first version and with the second")
                .hasSize(2);
        assertThat(said.get("sekimori update plan next.zip --unit unit")).contains(BUNDLE, "0.1.1");
        assertThat(said.get("sekimori vault destroy " + BUNDLE + " --reason removed --unit unit"))
                .contains(BUNDLE);
    }

    private static String give(Terminal terminal, String command) throws IOException, InterruptedException {
        if (command.startsWith("sekimori gateway run ")) {
            Terminal.Running gateway = terminal.begin(command);
            Terminal.await("the gateway answers", () -> {
                assertThat(gateway.process().isAlive()).as(gateway.said()).isTrue();
                return terminal.succeeds("sekimori identity show --unit unit");
            });
            return "";
        }
        String line = command;
        if (command.startsWith("sekimori factory ")) {
            // Watched for a moment instead of half a minute before an update counts as good.
            line += " --configure io.sekimori.update.engine:probation.seconds=1";
        } else if (command.startsWith("mvn ")) {
            // What the build around this test has fetched is all that is needed.
            line += " -o -Dmaven.repo.local='" + System.getProperty("maven.repository") + "'";
        }
        Terminal.Result result = terminal.run(line);
        assertThat(result.exit()).as(line + "\n" + result.out()).isZero();
        return result.out();
    }

    private void copyOfTheClone() throws IOException {
        Path clone = Terminal.clone("").normalize();
        Files.walkFileTree(clone, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Path inside = clone.relativize(folder);
                if (folder.getFileName().toString().equals("target")
                        || !folder.equals(clone)
                                && !COPIED.contains(inside.getName(0).toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(directory.resolve(inside.toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, directory.resolve(clone.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
