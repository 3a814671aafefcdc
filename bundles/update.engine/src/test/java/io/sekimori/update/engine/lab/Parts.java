package io.sekimori.update.engine.lab;

import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.trust.Swap;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The bundles around the engine, from the class path of the tests; modules that are only compiled yet are packed. */
final class Parts {

    private static final List<String> THIRD_PARTY = List.of(
            "org.osgi.util.function-",
            "org.osgi.util.promise-",
            "org.osgi.service.component-1",
            "org.apache.felix.log-",
            "org.apache.felix.configadmin-",
            "org.apache.felix.scr-",
            "slf4j-api-",
            "slf4j-nop-",
            "org.apache.felix.healthcheck.api-",
            "jackson-core-");
    private static final List<String> OURS =
            List.of("trust", "generation", "audit.api", "keys.api", "config.api", "update.api");

    private Parts() {}

    static List<Item> platform(Path folder, String labId) throws IOException {
        List<Item> items = new ArrayList<>();
        for (String prefix : THIRD_PARTY) {
            items.add(item(onClassPath(prefix), 1));
        }
        for (String name : OURS) {
            items.add(item(ours(name, folder), 2));
        }
        TestBundle driver = TestBundle.of("lab.driver", "1.0.0")
                .header("Lab-Id", labId)
                .activator(Driver.class)
                .classes(FakeCapabilities.class)
                .classes(ZipSource.class, ZipSource.Breaking.class)
                .header(
                        "Import-Package",
                        "org.osgi.framework,org.osgi.service.cm,io.sekimori.update,io.sekimori.audit,io.sekimori.keys,"
                                + "io.sekimori.config");
        items.add(new Item(driver.write(folder), "lab.driver", "1.0.0", Swap.RESTART, 5, false, List.of()));
        return items;
    }

    /** The engine's compiled classes as a bundle of another version. */
    static Path engine(Path folder, String version) throws IOException {
        Path classes = Path.of("target", "classes");
        Path jar = folder.resolve("engine-" + version + ".jar");
        Files.createDirectories(folder);
        pack(classes, jar, version);
        return jar;
    }

    private static Path ours(String name, Path folder) throws IOException {
        for (String entry : classPath()) {
            Path path = Path.of(entry);
            if (path.getFileName().toString().startsWith("io.sekimori." + name + "-0")) {
                return path;
            }
            if (entry.endsWith(Path.of("bundles", name, "target", "classes").toString())) {
                Files.createDirectories(folder);
                Path jar = folder.resolve(name + ".jar");
                pack(path, jar, "0.1.0");
                return jar;
            }
        }
        throw new IllegalStateException(name + " is not on the class path");
    }

    private static Path onClassPath(String prefix) {
        return classPath().stream()
                .map(Path::of)
                .filter(path -> path.getFileName().toString().startsWith(prefix))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(prefix + " is not on the class path"));
    }

    private static List<String> classPath() {
        return Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    private static Item item(Path jar, int startLevel) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Attributes main = file.getManifest().getMainAttributes();
            String name = main.getValue("Bundle-SymbolicName").split(";")[0].trim();
            return new Item(jar, name, main.getValue("Bundle-Version"), Swap.RESTART, startLevel, false, List.of());
        }
    }

    private static void pack(Path classes, Path jar, String version) throws IOException {
        Manifest manifest;
        try (var in = Files.newInputStream(classes.resolve("META-INF/MANIFEST.MF"))) {
            manifest = new Manifest(in);
        }
        manifest.getMainAttributes().putValue("Bundle-Version", version);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            JarEntry first = new JarEntry("META-INF/MANIFEST.MF");
            first.setTime(0);
            out.putNextEntry(first);
            manifest.write(out);
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = classes.relativize(file).toString();
                if (!name.equals("META-INF/MANIFEST.MF")) {
                    JarEntry entry = new JarEntry(name);
                    entry.setTime(0);
                    out.putNextEntry(entry);
                    Files.copy(file, out);
                }
            }
        }
    }
}
