package io.sekimori.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Every reason code has advice in English and in Japanese. Codes are the constants of an enum called {@code ...Code}, and
 * their advice lies in {@code refusals.properties} beside it; those of processes, {@code ExitCode}, stand in the manual.
 */
public final class AdviceRule implements Rule {

    private static final List<String> LANGUAGES = List.of("refusals.properties", "refusals_ja.properties");

    @Override
    public List<String> violations(Product product) {
        List<String> found = new ArrayList<>();
        for (JavaClass type : product.shippedClasses()) {
            if (type.isEnum()
                    && type.getSimpleName().endsWith("Code")
                    && !type.getSimpleName().equals("ExitCode")) {
                product.moduleOf(type).ifPresent(module -> check(type, module, found));
            }
        }
        found.sort(null);
        return found;
    }

    private static void check(JavaClass codes, Module module, List<String> found) {
        Path folder = module.path()
                .resolve("src/main/resources")
                .resolve(codes.getPackageName().replace('.', '/'));
        for (String language : LANGUAGES) {
            Properties advice = read(folder.resolve(language));
            for (JavaField field : codes.getFields()) {
                if (isConstant(codes, field)
                        && advice.getProperty(field.getName(), "").isBlank()) {
                    found.add(codes.getName() + "." + field.getName() + ": has no advice in " + language);
                }
            }
        }
    }

    private static boolean isConstant(JavaClass codes, JavaField field) {
        return field.getRawType().equals(codes) && field.getModifiers().contains(JavaModifier.STATIC);
    }

    private static Properties read(Path file) {
        Properties properties = new Properties();
        if (Files.isRegularFile(file)) {
            try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return properties;
    }
}
