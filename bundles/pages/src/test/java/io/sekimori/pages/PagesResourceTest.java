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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PagesResourceTest {

    private final PagesResource pages;

    PagesResourceTest() throws IOException {
        pages = new PagesResource();
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
