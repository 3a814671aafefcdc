package io.sekimori.pages;

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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Serves the pages. Every address of a screen answers with the same document, whose scripts draw the screen; the files
 * hold nothing secret, so everybody gets them, and what is shown comes from REST with the rights of whoever looks.
 */
@Component(service = Resource.class)
public final class PagesResource implements Resource {

    private static final List<String> SCREENS = List.of(
            "/",
            "/signin",
            "/password",
            "/fleet",
            "/gateways",
            "/gateways/{id}",
            "/rollouts",
            "/rollouts/{id}",
            "/releases",
            "/notices",
            "/audit");

    /** What may stand behind the question mark of a screen: its script reads it, so that a link shows the same. */
    private static final List<String> PARAMETERS = List.of(
            "to",
            "tab",
            "set",
            "after",
            "before",
            "from",
            "entry",
            "serial",
            "model",
            "label",
            "bundle",
            "version",
            "life",
            "connected",
            "actor",
            "action",
            "subject",
            "reason",
            "verdict");

    private final Assets assets;
    private final Codes codes;

    /** Reads all files into memory: they are few and small. */
    @Activate
    public PagesResource(BundleContext context) throws IOException {
        this(Codes.of(Collections.list(context.getBundle().findEntries(Codes.FOLDER, Codes.PATTERN, true))));
    }

    PagesResource(Codes codes) throws IOException {
        this.assets = Assets.beside(PagesResource.class);
        this.codes = codes;
    }

    @Override
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i < SCREENS.size(); i++) {
            Route screen = Route.of("screen" + (i + 1), Route.Method.GET, SCREENS.get(i), Permission.ANYONE, "A screen")
                    .answering(200, "text/html", "The document of all screens");
            for (String parameter : PARAMETERS) {
                screen = screen.with(parameter, "Read by the screen");
            }
            routes.add(screen);
        }
        routes.add(Route.of("asset", Route.Method.GET, "/assets/{path...}", Permission.ANYONE, "A file of the pages")
                .answering(200, "*/*", "The file"));
        return routes;
    }

    @Override
    public Response handle(Request request) throws WebException {
        String path = request.route().name().equals("asset") ? request.path("path") : Assets.DOCUMENT;
        Optional<Map<String, String>> advice = codes.find(path);
        if (advice.isPresent()) {
            return Response.json(advice.get()).with("Cache-Control", "no-cache");
        }
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
