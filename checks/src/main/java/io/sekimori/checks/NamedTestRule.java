package io.sekimori.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every test that a page names exists, with that method: who reads that something is tried must find where. */
public final class NamedTestRule implements Rule {

    // In backquotes; decisions tell of their day and may name what is gone.
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT))(?:\\.(\\w+))?`");

    @Override
    public List<String> violations(Product product) {
        List<Path> files = RepositoryFiles.below(product.root());
        Map<String, Path> tests = new HashMap<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (name.endsWith("Test.java") || name.endsWith("IT.java")) {
                tests.put(name.substring(0, name.length() - ".java".length()), file);
            }
        }
        List<String> found = new ArrayList<>();
        for (Path page : files) {
            if (page.getFileName().toString().endsWith(".md")
                    && !page.startsWith(product.root().resolve("docs/adr"))) {
                String where = product.root().relativize(page).toString();
                Matcher named = NAMED.matcher(read(page));
                while (named.find()) {
                    Path test = tests.get(named.group(1));
                    if (test == null || named.group(2) != null && !has(test, named.group(2))) {
                        found.add(where + ": there is no test " + named.group().replace("`", ""));
                    }
                }
            }
        }
        return found;
    }

    private static boolean has(Path test, String method) {
        return read(test).contains("void " + method + "(");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
