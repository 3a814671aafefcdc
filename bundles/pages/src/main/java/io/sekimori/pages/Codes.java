package io.sekimori.pages;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** What a person can do about each code that any part may report, by the path of its file. Immutable. */
final class Codes {

    /** Where the build puts the files of all parts. */
    static final String FOLDER = "io/sekimori/pages/codes";

    static final String PATTERN = "refusals*.properties";
    static final String ENGLISH = "codes/en.json";
    static final String JAPANESE = "codes/ja.json";

    private final Map<String, Map<String, String>> byPath;

    private Codes(Map<String, Map<String, String>> byPath) {
        this.byPath = Map.copyOf(byPath);
    }

    /** From the files at {@code places}; of a code that several parts have, the first one's advice by path. */
    static Codes of(List<URL> places) throws IOException {
        Map<String, String> english = new TreeMap<>();
        Map<String, String> japanese = new TreeMap<>();
        for (URL place :
                places.stream().sorted(Comparator.comparing(URL::getPath)).toList()) {
            Map<String, String> into = place.getPath().endsWith("_ja.properties") ? japanese : english;
            Properties file = new Properties();
            try (Reader in = new InputStreamReader(place.openStream(), StandardCharsets.UTF_8)) {
                file.load(in);
            }
            file.stringPropertyNames().forEach(code -> into.putIfAbsent(code, file.getProperty(code)));
        }
        return new Codes(Map.of(ENGLISH, Map.copyOf(english), JAPANESE, Map.copyOf(japanese)));
    }

    /** Advice by code, if {@code path} is the file of a language. */
    Optional<Map<String, String>> find(String path) {
        return Optional.ofNullable(byPath.get(path));
    }
}
