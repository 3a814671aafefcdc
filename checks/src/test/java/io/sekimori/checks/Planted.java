package io.sekimori.checks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A small product made for one test, with exactly what that test plants in it. Confined to the test. */
final class Planted {

    private final Path root;
    private final Map<String, List<Path>> sources = new LinkedHashMap<>();

    private Planted(Path root) {
        this.root = root;
    }

    static Planted in(Path root) {
        return new Planted(root);
    }

    /** Adds a class; its package and name come from {@code source}, which is compiled after the modules before it. */
    Planted java(String folder, String source) throws IOException {
        String name = source.replaceAll("(?s).*?\\b(?:class|interface|enum|record) (\\w+).*", "$1");
        String packageName = source.replaceAll("(?s)package ([\\w.]+);.*", "$1");
        String path = folder + "/src/main/java/" + packageName.replace('.', '/') + "/" + name + ".java";
        file(path, source);
        sources.computeIfAbsent(folder, key -> new ArrayList<>()).add(root.resolve(path));
        return this;
    }

    Planted file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    /** Compiles all of it and reads it as the rules read the real product. */
    Product product() throws IOException {
        StringBuilder modules = new StringBuilder();
        for (Map.Entry<String, List<Path>> module : sources.entrySet()) {
            modules.append("<module>").append(module.getKey()).append("</module>");
            compile(module.getKey(), module.getValue());
        }
        file("pom.xml", "<project><modules>" + modules + "</modules></project>");
        return Product.read(root);
    }

    private void compile(String folder, List<Path> files) throws IOException {
        Path classes = Files.createDirectories(root.resolve(folder).resolve("target/classes"));
        StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
        for (String other : sources.keySet()) {
            path.append(java.io.File.pathSeparator).append(root.resolve(other).resolve("target/classes"));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of("-proc:none", "-d", classes.toString(), "-cp", path.toString());
            boolean compiled = compiler.getTask(
                            null, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            if (!compiled) {
                throw new IOException("what was planted does not compile");
            }
        }
    }
}
