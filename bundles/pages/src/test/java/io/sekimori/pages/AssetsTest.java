package io.sekimori.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.screens.Assets;
import io.sekimori.trust.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AssetsTest {

    private static final Path SOURCES = Path.of("src/main/resources/io/sekimori/pages/web");
    private static final Pattern KEY = Pattern.compile("\\bt\\('([^']+)'");
    private static final Pattern PLACE = Pattern.compile("\\{\\w+}");

    private final Assets assets;

    AssetsTest() throws IOException {
        assets = Assets.beside(PagesResource.class);
    }

    private String text(String path) {
        return new String(assets.find(path).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void everyFileOfThePagesIsListed() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            TreeSet<String> there = files.filter(Files::isRegularFile)
                    .map(file -> SOURCES.relativize(file).toString())
                    .filter(name -> !name.equals("files"))
                    .collect(Collectors.toCollection(TreeSet::new));
            there.add("lib/lit-html.js");
            assertThat(new TreeSet<>(assets.paths())).isEqualTo(there);
        }
    }

    @Test
    void everyTextIsThereInBothLanguagesWithTheSamePlaces() throws Exception {
        JsonObject english = JsonObject.parse(text("texts/en.json").getBytes(StandardCharsets.UTF_8));
        JsonObject japanese = JsonObject.parse(text("texts/ja.json").getBytes(StandardCharsets.UTF_8));

        assertThat(japanese.names()).isEqualTo(english.names());
        for (String key : english.names()) {
            assertThat(places(japanese.string(key))).as(key).isEqualTo(places(english.string(key)));
        }
    }

    @Test
    void everyTextThatAScriptNamesIsThere() throws Exception {
        TreeSet<String> named = assets.paths().stream()
                .filter(path -> path.endsWith(".js") && !path.endsWith("lit-html.js"))
                .flatMap(path -> KEY.matcher(text(path)).results())
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).isNotEmpty();
        assertThat(JsonObject.parse(text("texts/en.json").getBytes(StandardCharsets.UTF_8))
                        .names())
                .containsAll(named);
    }

    @Test
    void aFirstViewIsLight() throws IOException {
        long bytes = 0;
        for (String path : assets.paths()) {
            if (!path.startsWith("screens/") && !path.equals("texts/ja.json")) {
                bytes += assets.find(path).orElseThrow().gzipped().length;
            }
        }
        assertThat(bytes).isLessThan(150_000);
    }

    private static TreeSet<String> places(String text) {
        return PLACE.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }
}
