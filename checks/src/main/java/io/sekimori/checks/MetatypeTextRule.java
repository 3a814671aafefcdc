package io.sekimori.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of settings are ASCII, other letters escaped: Metatype reads its properties files as ISO 8859-1 (OSGi Compendium
 * 105.9.3), whatever they were written in.
 */
public final class MetatypeTextRule implements Rule {

    @Override
    public List<String> violations(Product product) {
        List<String> found = new ArrayList<>();
        for (Module module : product.bundles()) {
            for (Path file : Module.files(module.path().resolve("src/main/resources/OSGI-INF/l10n"), ".properties")) {
                if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text(file))) {
                    found.add(module.folder() + ": " + file.getFileName() + " has letters that are not escaped");
                }
            }
        }
        return found;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
