package io.sekimori.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files made by others that the build used: on the class path of a module, or copied to where the product is.
 *
 * @param classPaths the files on class paths, by coordinates such as {@code org.slf4j:slf4j-api:1.7.36}
 * @param shipped the jar files in the product that are not ours
 * @param demo the jar files that the demo signs and releases and that are not ours
 * @param unknown the modules whose class path was not recorded
 */
record ThirdParty(Map<String, Path> classPaths, List<Path> shipped, List<Path> demo, List<String> unknown) {

    /** A line of {@code dependency:list} with file names; a classifier comes before the version. */
    private static final Pattern LINE = Pattern.compile(
            " +([^: ]+):([^: ]+):([^: ]+)(?::([^: ]+))?:([^: ]+):(?:compile|provided|runtime|system|test)"
                    + "(?: \\(optional\\))?:(/.*?)(?: -- module .*)?");

    private static final List<String> PRODUCT = List.of(
            "distrib/target/bundles",
            "distrib/target/slot-lib",
            "distrib/console/target/bundles",
            "distrib/broker/target/lib",
            "bundles/cli/target/lib",
            "bundles/broker/target/lib");

    private static final List<String> DEMO = List.of("demo/target/parts");

    static ThirdParty of(Product product) throws IOException {
        Map<String, Path> classPaths = new TreeMap<>();
        List<String> unknown = new ArrayList<>();
        for (Module module : product.modules()) {
            Path record = module.path().resolve("target/artifacts.txt");
            if (Files.exists(record)) {
                read(record, classPaths);
            } else if (!module.folder().equals("target-platform")) {
                unknown.add(module.folder());
            }
        }
        return new ThirdParty(
                classPaths, notOurs(product.root(), PRODUCT), notOurs(product.root(), DEMO), List.copyOf(unknown));
    }

    private static List<Path> notOurs(Path root, List<String> folders) {
        return folders.stream()
                .flatMap(folder -> Module.files(root.resolve(folder), ".jar").stream())
                .filter(file -> !file.getFileName().toString().startsWith("io.sekimori."))
                .toList();
    }

    private static void read(Path record, Map<String, Path> classPaths) throws IOException {
        for (String line : Files.readAllLines(record)) {
            Matcher matcher = LINE.matcher(line.replaceAll("\u001b\\[[0-9;]*m", ""));
            if (matcher.matches()) {
                String classifier = matcher.group(4) == null ? "" : ":" + matcher.group(4);
                String coordinates = matcher.group(1) + ":" + matcher.group(2) + ":" + matcher.group(5) + classifier;
                classPaths.put(coordinates, Path.of(matcher.group(6)));
            } else if (line.contains(":jar:")) {
                throw new IOException("not understood in " + record + ": " + line);
            }
        }
    }
}
