package io.sekimori.local.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.screens.Assets;
import io.sekimori.trust.JsonObject;
import io.sekimori.web.Caller;
import io.sekimori.web.Permission;
import io.sekimori.web.Request;
import io.sekimori.web.Response;
import io.sekimori.web.WebException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LocalPagesResourceTest {

    private static final Path BUILT = Path.of("target/classes/io/sekimori/local/pages/web");
    private static final Pattern KEY = Pattern.compile("\\b(?:t|plural)\\('([^']+)'");
    private static final Pattern PLACE = Pattern.compile("\\{\\w+}");

    private final Assets assets = Assets.beside(LocalPagesResource.class);
    private final LocalPagesResource pages = new LocalPagesResource();

    LocalPagesResourceTest() throws IOException {}

    private JsonObject texts(String language) throws Exception {
        return JsonObject.parse(
                assets.find("texts/" + language + ".json").orElseThrow().bytes());
    }

    private static TreeSet<String> places(String text) {
        return PLACE.matcher(text).results().map(one -> one.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    private Request asset(String path) {
        return Request.of(pages.routes().get(1), new Caller.Anonymous()).at("path", path);
    }

    @Test
    void everyFileThatWasBuiltIsServedAndIsOpenToEverybody() throws Exception {
        try (Stream<Path> files = Files.walk(BUILT)) {
            assertThat(assets.paths())
                    .containsExactlyInAnyOrderElementsOf(files.filter(Files::isRegularFile)
                            .map(file -> BUILT.relativize(file).toString())
                            .filter(name -> !name.equals("files") && !name.equals("lib/LICENSE"))
                            .toList());
        }
        for (String path : assets.paths()) {
            Response response = pages.handle(asset(path).header("accept-encoding", "gzip"));
            assertThat(response.headers()).containsEntry("Content-Encoding", "gzip");
        }
        assertThat(pages.routes())
                .allSatisfy(route -> assertThat(route.permission()).isEqualTo(Permission.ANYONE));
    }

    @Test
    void whatIsKnownIsNotSentAgainAndWhatIsNotThereIsRefused() throws Exception {
        String tag = pages.handle(asset("main.js")).headers().get("ETag");

        assertThat(pages.handle(asset("main.js").header("if-none-match", tag)).status())
                .isEqualTo(304);
        assertThatThrownBy(() -> pages.handle(asset("../web/files"))).isInstanceOf(WebException.class);
    }

    @Test
    void everyTextIsThereInBothLanguagesWithTheSamePlaces() throws Exception {
        JsonObject english = texts("en");
        JsonObject japanese = texts("ja");

        assertThat(japanese.names()).isEqualTo(english.names());
        for (String key : english.names()) {
            assertThat(places(japanese.string(key))).as(key).isEqualTo(places(english.string(key)));
        }
    }

    @Test
    void everyTextThatThePageNamesIsThere() throws Exception {
        TreeSet<String> named = assets.paths().stream()
                .filter(path -> path.endsWith(".js") && !path.startsWith("lib/") || path.equals("lib/status.js"))
                .map(path -> assets.find(path).orElseThrow().bytes())
                .flatMap(bytes ->
                        KEY.matcher(new String(bytes, StandardCharsets.UTF_8)).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).hasSizeGreaterThan(50);
        assertThat(named).allSatisfy(key -> assertThat(texts("en").names()).containsAnyOf(key, key + ".other"));
    }
}
