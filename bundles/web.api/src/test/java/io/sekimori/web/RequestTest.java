package io.sekimori.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RequestTest {

    private static final Route LIST = Route.of(
                    "listThings", Route.Method.GET, "/v1/things", Permission.VIEW, "Lists things")
            .paged();

    private final Request request = Request.of(LIST, new Caller.Anonymous());

    @Test
    void aPageIsSmallUnlessAskedOtherwiseAndNeverHuge() throws WebException {
        assertThat(Page.of(request)).isEqualTo(new Page("", 50));
        assertThat(Page.of(request.where("after", "k").where("limit", "500"))).isEqualTo(new Page("k", 500));
        assertRefused(400, WebCode.PARAMETER_INVALID, () -> Page.of(request.where("limit", "501")));
        assertRefused(400, WebCode.PARAMETER_INVALID, () -> Page.of(request.where("limit", "ten")));
        assertRefused(400, WebCode.PARAMETER_INVALID, () -> Page.of(request.where("after", "k".repeat(201))));
    }

    @Test
    void whoChangesSaysWhatTheySaw() throws WebException {
        assertThat(Tag.number(request.header("if-match", "\"7\""))).isEqualTo(7);
        assertRefused(428, WebCode.TAG_REQUIRED, () -> Tag.required(request));
        assertRefused(400, WebCode.PARAMETER_INVALID, () -> Tag.required(request.header("if-match", "*")));
        assertRefused(400, WebCode.PARAMETER_INVALID, () -> Tag.required(request.header("if-match", "\"1\", \"2\"")));
        assertRefused(412, WebCode.TAG_STALE, () -> Tag.number(request.header("if-match", "\"abc\"")));
    }

    @Test
    void membersAreOfTheirType() throws WebException {
        Fields json = request.sending(
                        Map.of("name", "n", "count", 3L, "more", Map.of("deep", true), "list", List.of("a")))
                .json();

        assertThat(json.text("name")).isEqualTo("n");
        assertThat(json.number("count")).isEqualTo(3);
        assertThat(json.object("more").bool("deep")).isTrue();
        assertThat(json.texts("list")).containsExactly("a");
        assertThat(json.optionalText("none")).isEmpty();
        assertRefused(400, WebCode.BODY_INVALID, () -> json.text("none"));
        assertRefused(400, WebCode.BODY_INVALID, () -> json.text("count"));
        assertRefused(400, WebCode.BODY_INVALID, () -> json.object("more").text("deep"));
        assertRefused(400, WebCode.BODY_INVALID, () -> json.allow("name", "count", "more"));
    }

    @Test
    void aHeaderCannotBreakOutOfItsLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Response.done().with("Location", "/a\r\nSet-Cookie: b=c"));
        assertThatIllegalArgumentException().isThrownBy(() -> Response.done().with("A: b\r\nC", "d"));
    }

    @Test
    void aPathIsOfSegments() {
        for (String path : List.of("", "v1", "/v1/", "/v1//a", "/{a}x", "/{rest...}/a", "/a b", "/..%2f")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Route.of("x", Route.Method.GET, path, Permission.VIEW, ""));
        }
        for (String path : List.of("/", "/v1/{id}", "/static/{file...}", "/.well-known/est/cacerts")) {
            assertThat(Route.of("x", Route.Method.GET, path, Permission.VIEW, "")
                            .path())
                    .isEqualTo(path);
        }
    }

    @Test
    void theLastPageNamesNoNext() {
        assertThat(Page.json(List.of(Map.of("a", 1L)), Optional.empty())).containsOnlyKeys("items");
        assertThat(Page.json(List.of(), Optional.of("k"))).containsEntry("next", "k");
    }

    private static void assertRefused(int status, WebCode code, ThrowingCallable call) {
        assertThatExceptionOfType(WebException.class).isThrownBy(call).satisfies(e -> {
            assertThat(e.problem().status()).isEqualTo(status);
            assertThat(e.problem().code()).isEqualTo(code);
        });
    }
}
