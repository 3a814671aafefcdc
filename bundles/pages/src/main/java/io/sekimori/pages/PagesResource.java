package io.sekimori.pages;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Serves the pages. Every address of a screen answers with the same document, whose scripts draw the screen; the files
 * hold nothing secret, so everybody gets them, and what is shown comes from REST with the rights of whoever looks.
 */
@Component(service = Resource.class)
public final class PagesResource implements Resource {

    private static final List<String> SCREENS = List.of(
            "/", "/signin", "/password", "/gateways", "/gateways/{id}", "/rollouts", "/rollouts/{id}", "/releases");

    private final Assets assets;

    /** Reads all files into memory: they are few and small. */
    @Activate
    public PagesResource() throws IOException {
        assets = Assets.ofBundle();
    }

    @Override
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i < SCREENS.size(); i++) {
            routes.add(Route.of("screen" + (i + 1), Route.Method.GET, SCREENS.get(i), Permission.ANYONE, "A screen")
                    .answering(200, "text/html", "The document of all screens"));
        }
        routes.add(Route.of("asset", Route.Method.GET, "/assets/{path...}", Permission.ANYONE, "A file of the pages")
                .answering(200, "*/*", "The file"));
        return routes;
    }

    @Override
    public Response handle(Request request) throws WebException {
        String path = request.route().name().equals("asset") ? request.path("path") : Assets.DOCUMENT;
        Assets.Asset asset = assets.find(path)
                .orElseThrow(() -> new WebException(new Problem(404, WebCode.NOT_FOUND, "there is no such file")));
        // Kept by the browser, but asked about each time: a swap of this bundle is seen at the next load.
        Map<String, String> headers = Map.of("Cache-Control", "no-cache", "ETag", "\"" + asset.tag() + "\"");
        if (request.header("if-none-match")
                .filter(tag -> tag.contains(asset.tag()))
                .isPresent()) {
            return new Response(304, headers, new Body.Empty());
        }
        return new Response(200, headers, Body.bytes(asset.mediaType(), asset.bytes()));
    }
}
