package io.sekimori.checks;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;

/** No file of properties has a key twice: the last one counts, and who meant the first shows words of something else. */
public final class RepeatedKeyRule implements Rule {

    @Override
    public List<String> violations(Product product) {
        List<String> found = new ArrayList<>();
        for (Path file : RepositoryFiles.below(product.root())) {
            if (file.getFileName().toString().endsWith(".properties")) {
                for (String key : repeated(file)) {
                    found.add(product.root().relativize(file) + ": has " + key + " twice");
                }
            }
        }
        return found;
    }

    private static TreeSet<String> repeated(Path file) {
        TreeSet<String> repeated = new TreeSet<>();
        Properties read = new Properties() {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Object put(Object key, Object value) {
                if (containsKey(key)) {
                    repeated.add(key.toString());
                }
                return super.put(key, value);
            }
        };
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            read.load(in); // keys are ASCII, whatever the words are
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return repeated;
    }
}
