package io.sekimori.local.pages;

import io.sekimori.screens.Assets;
import io.sekimori.web.Body;
import io.sekimori.web.Permission;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Serves the page of this gateway. Its files hold nothing secret, so everybody gets them; what is shown comes from REST with
 * the rights of whoever looks. Thread-safe.
 */
@Component(service = Resource.class)
public final class LocalPagesResource implements Resource {

    private final Assets assets;

    /** Reads all files into memory. */
    @Activate
    public LocalPagesResource() throws IOException {
        assets = Assets.beside(LocalPagesResource.class);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("localPage", Route.Method.GET, "/", Permission.ANYONE, "The page of this gateway")
                        .answering(200, "text/html", "The document"),
                Route.of("localAsset", Route.Method.GET, "/assets/{path...}", Permission.ANYONE, "A file of the page")
                        .answering(200, "*/*", "The file"));
    }

    @Override
    public Response handle(Request request) throws WebException {
        String path = request.route().name().equals("localAsset") ? request.path("path") : Assets.DOCUMENT;
        Assets.Asset asset = assets.find(path)
                .orElseThrow(() -> new WebException(new Problem(404, WebCode.NOT_FOUND, "there is no such file")));
        if (request.header("if-none-match")
                .filter(tag -> tag.contains(asset.tag()))
                .isPresent()) {
            return new Response(304, headers(asset.tag()), new Body.Empty());
        }
        // The files hold no secret, so that compressing them tells nothing about one (BREACH).
        if (request.header("accept-encoding")
                .filter(accepted -> accepted.contains("gzip"))
                .isPresent()) {
            return new Response(200, headers(asset.tag() + "-gzip"), Body.bytes(asset.mediaType(), asset.gzipped()))
                    .with("Content-Encoding", "gzip");
        }
        return new Response(200, headers(asset.tag()), Body.bytes(asset.mediaType(), asset.bytes()));
    }

    // Kept by the browser, but asked about each time: a swap of this bundle is seen at the next load.
    private static Map<String, String> headers(String tag) {
        return Map.of("Cache-Control", "no-cache", "ETag", "\"" + tag + "\"", "Vary", "Accept-Encoding");
    }
}
