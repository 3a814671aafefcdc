package io.sekimori.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Nothing is left for later: no file of the repository carries a mark of unfinished work. */
public final class MarkerRule implements Rule {

    // Spelt in two parts, since this file is read as well.
    private static final Pattern MARK = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    @Override
    public List<String> violations(Product product) {
        List<String> found = new ArrayList<>();
        try {
            for (Path file : RepositoryFiles.below(product.root())) {
                check(product.root(), file, found);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static void check(Path root, Path file, List<String> found) throws IOException {
        try {
            List<String> lines = Files.readAllLines(file);
            for (int line = 0; line < lines.size(); line++) {
                if (MARK.matcher(lines.get(line)).find()) {
                    found.add(root.relativize(file) + ":" + (line + 1) + ": unfinished work");
                }
            }
        } catch (MalformedInputException e) {
            return; // not text
        }
    }
}
