package io.sekimori.checks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * What a bundle says of itself: only apis and libraries export, every export has a version, and nobody has an
 * activator, imports at will or requires a bundle by name.
 */
public final class ManifestRule implements Rule {

    private static final List<String> UNWANTED =
            List.of("Bundle-Activator", "DynamicImport-Package", "Require-Bundle", "Fragment-Host", "Bundle-ClassPath");

    @Override
    public List<String> violations(Product product) {
        List<String> found = new ArrayList<>();
        for (Module module : product.bundles()) {
            if (Module.files(module.path().resolve("src/main/java"), ".java").isEmpty()) {
                continue;
            }
            Path file = module.classes().resolve("META-INF/MANIFEST.MF");
            if (!Files.exists(file)) {
                found.add(module.folder() + ": no manifest was made");
                continue;
            }
            check(module, read(file), found);
        }
        return found;
    }

    private static void check(Module module, Attributes manifest, List<String> found) {
        for (String header : UNWANTED) {
            if (manifest.getValue(header) != null) {
                found.add(module.folder() + ": has a " + header);
            }
        }
        String symbolicName = manifest.getValue("Bundle-SymbolicName");
        if (!("io.sekimori." + module.name()).equals(symbolicName)) {
            found.add(module.folder() + ": the symbolic name is " + symbolicName);
        }
        String exports = manifest.getValue("Export-Package");
        boolean mayExport = module.role() == Role.API || module.role() == Role.LIBRARY;
        if (exports == null && mayExport) {
            found.add(module.folder() + ": exports nothing, although others are made to use it");
        } else if (exports != null && !mayExport) {
            found.add(module.folder() + ": a " + module.role() + " exports " + exports);
        } else if (exports != null && exports.contains("version=\"0.0.0\"")
                || exports != null && !exports.contains(";version=")) {
            found.add(module.folder() + ": exports without a version: " + exports);
        }
    }

    private static Attributes read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new Manifest(in).getMainAttributes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
