package io.sekimori.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The built modules and their classes, read once and then only looked at. Thread-safe. */
public final class Product {

    private final Path root;
    private final Map<String, Module> modules = new TreeMap<>();
    private final JavaClasses classes;
    private final JavaClasses testClasses;

    private Product(Path root, Collection<Module> modules) {
        this.root = root;
        modules.forEach(module -> this.modules.put(module.folder(), module));
        ClassFileImporter importer = new ClassFileImporter().withImportOption(this::isNoCopy);
        classes = importer.importPaths(existing(modules.stream().map(Module::classes)));
        testClasses = importer.importPaths(existing(modules.stream().map(Module::testClasses)));
    }

    /**
     * Reads the modules that the pom in {@code root} lists.
     *
     * @throws IllegalStateException if one of them has sources and was not compiled: then nothing can be said of it
     */
    public static Product read(Path root) throws IOException {
        List<Module> modules = Poms.modules(root).stream()
                .map(folder -> new Module(folder, root.resolve(folder)))
                .toList();
        for (Module module : modules) {
            if (Files.isDirectory(module.path().resolve("src/main/java")) && !Files.isDirectory(module.classes())) {
                throw new IllegalStateException(module.folder() + " was not compiled; run: mvn verify");
            }
        }
        return new Product(root, modules);
    }

    public Path root() {
        return root;
    }

    /** All modules, by folder. */
    public Collection<Module> modules() {
        return modules.values();
    }

    /** The modules that are shipped. */
    public List<Module> bundles() {
        return modules().stream()
                .filter(module -> module.role() != Role.WORKSHOP)
                .toList();
    }

    /** The classes of all modules, without those of tests. */
    public JavaClasses classes() {
        return classes;
    }

    /** The classes of all modules' tests. */
    public JavaClasses testClasses() {
        return testClasses;
    }

    /** The classes of the modules that are shipped. */
    public List<JavaClass> shippedClasses() {
        return classes.stream()
                .filter(type -> moduleOf(type)
                        .filter(module -> module.role() != Role.WORKSHOP)
                        .isPresent())
                .toList();
    }

    /** The module that {@code type} was compiled in, or empty if it is not one of ours. */
    public Optional<Module> moduleOf(JavaClass type) {
        return type.getSource().flatMap(source -> moduleAt(source.getUri()));
    }

    private Optional<Module> moduleAt(URI file) {
        if (!"file".equals(file.getScheme())) {
            return Optional.empty();
        }
        Path path = Path.of(file);
        return modules().stream()
                .filter(module -> path.startsWith(module.path().resolve("target")))
                .findFirst();
    }

    /** Whether a class was compiled where it lies, and not copied from a library or a module that its user embeds. */
    private boolean isNoCopy(Location location) {
        return !location.contains("/target/classes/org/")
                && modules().stream()
                        .filter(module -> module.role() == Role.EMBEDDED)
                        .noneMatch(module -> location.contains("/io/sekimori/" + module.name() + "/")
                                && !location.contains("/" + module.folder() + "/"));
    }

    private static List<Path> existing(Stream<Path> folders) {
        return folders.filter(Files::isDirectory).toList();
    }
}
