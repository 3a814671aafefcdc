package io.sekimori.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.web.Body;
import io.sekimori.web.Caller;
import io.sekimori.web.Permission;
import io.sekimori.web.Request;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.WebException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class PagesResourceTest {

    private final PagesResource pages;

    PagesResourceTest() throws IOException {
        pages = new PagesResource(built());
    }

    /** What the build collected. */
    static Codes built() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("target/classes").resolve(Codes.FOLDER))) {
            List<URL> places = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                places.add(file.toUri().toURL());
            }
            return Codes.of(places);
        }
    }

    private Request request(String route) {
        return Request.of(
                pages.routes().stream()
                        .filter(one -> one.path().equals(route))
                        .findFirst()
                        .orElseThrow(),
                new Caller.Anonymous());
    }

    private static String text(Response response) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ((Body.Streamed) response.body()).writer().write(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everyScreenIsTheSameDocument() throws Exception {
        assertThat(text(pages.handle(request("/signin")))).startsWith("<!doctype html>");
        assertThat(text(pages.handle(request("/rollouts/{id}").at("id", "r-abc"))))
                .isEqualTo(text(pages.handle(request("/"))));
    }

    @Test
    void aLinkWithAFilterIsAnsweredToo() {
        Route gateways = request("/gateways").route();

        assertThat(gateways.query()).extracting(Route.Parameter::name).contains("life", "serial", "after", "from");
    }

    @Test
    void theDocumentHasNothingInline() throws Exception {
        assertThat(text(pages.handle(request("/"))))
                .doesNotContainPattern("<script(?![^>]*src=)")
                .doesNotContain("<style")
                .doesNotContainPattern("\\son[a-z]+=")
                .doesNotContainPattern("\\sstyle=")
                .doesNotContain("http://")
                .doesNotContain("https://");
    }

    @Test
    void aFileIsNotSentAgainToWhoHasIt() throws Exception {
        Request css = request("/assets/{path...}").at("path", "sekimori.css");
        Response first = pages.handle(css);

        Response again =
                pages.handle(css.header("if-none-match", first.headers().get("ETag")));

        assertThat(first.status()).isEqualTo(200);
        assertThat(again.status()).isEqualTo(304);
    }

    @Test
    void whoTakesGzipGetsItAndKnowsItAgain() throws Exception {
        Request css = request("/assets/{path...}").at("path", "sekimori.css");
        Response plain = pages.handle(css);

        Response small = pages.handle(css.header("accept-encoding", "gzip, deflate, br"));

        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        ((Body.Streamed) small.body()).writer().write(sent);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(sent.toByteArray()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(text(plain));
        }
        assertThat(small.headers())
                .containsEntry("Content-Encoding", "gzip")
                .containsEntry("Vary", "Accept-Encoding")
                .doesNotContainEntry("ETag", plain.headers().get("ETag"));
        assertThat(pages.handle(css.header("if-none-match", small.headers().get("ETag")))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void everyCodeOfEveryPartIsExplainedInBothLanguages() throws Exception {
        Map<String, ?> english = advice(Codes.ENGLISH);
        Map<String, ?> japanese = advice(Codes.JAPANESE);

        assertThat(english).containsKeys("TIMESTAMP_ROLLBACK", "SIGN_IN_DELAYED", "LIMIT_REFUSED", "OUTBOX_UNWRITABLE");
        assertThat(japanese.keySet()).isEqualTo(english.keySet());
        assertThat(japanese.values())
                .allSatisfy(text -> assertThat((String) text).isNotBlank());
    }

    private Map<String, ?> advice(String path) throws Exception {
        Response response = pages.handle(request("/assets/{path...}").at("path", path));
        return ((Body.Json) response.body()).value();
    }

    @Test
    void otherFilesOfTheBundleAreNotServed() {
        for (String path : new String[] {"files", "../PagesResource.class", "lib", ""}) {
            assertThatThrownBy(() -> pages.handle(request("/assets/{path...}").at("path", path)))
                    .isInstanceOf(WebException.class);
        }
    }

    @Test
    void nothingIsChangedByAPage() {
        assertThat(pages.routes()).allSatisfy(route -> {
            assertThat(route.method()).isEqualTo(Route.Method.GET);
            assertThat(route.permission()).isEqualTo(Permission.ANYONE);
        });
    }
}
