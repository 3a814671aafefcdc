package io.sekimori.local;

import io.sekimori.web.Accepts;
import io.sekimori.web.Permission;
import io.sekimori.web.Route;
import io.sekimori.web.Route.Method;
import java.util.List;

/** The lines of the table about updates on site: everybody signed in may look, a technician may change. Stateless. */
final class UpdateRoutes {

    static final String SHOW = "showLocalUpdates";
    static final String UPLOAD = "uploadLocalPack";
    static final String REMOVE = "removeLocalPack";
    static final String CHECK = "checkLocalPack";
    static final String INSTALL = "installLocalPack";
    static final String CANCEL = "cancelLocalTransition";

    private static final long MOST_BYTES = 1L << 30;
    private static final int MOST_JSON = 4 << 10;

    static final List<Route> ALL = List.of(
            Route.of(SHOW, Method.GET, "/v1/local/updates", Permission.VIEW, "Packs, the last check, transitions")
                    .answering(200, Accepts.JSON, "What there is and what happens"),
            Route.of(UPLOAD, Method.PUT, "/v1/local/upload", Permission.OPERATE, "Uploads a pack in place of the last")
                    .accepting(Accepts.stream("application/octet-stream", MOST_BYTES))
                    .with("name", "Its name, which ends in .zip")
                    .answering(201, Accepts.JSON, "The pack"),
            Route.of(REMOVE, Method.DELETE, "/v1/local/upload", Permission.OPERATE, "Deletes the uploaded pack")
                    .answering(204, "", "Done"),
            Route.of(CHECK, Method.POST, "/v1/local/check", Permission.OPERATE, "Begins a dry run of a pack")
                    .accepting(Accepts.json(MOST_JSON))
                    .answering(202, Accepts.JSON, "The pack; the outcome stands with the updates"),
            Route.of(INSTALL, Method.POST, "/v1/local/install", Permission.OPERATE, "Begins a transition to a pack")
                    .accepting(Accepts.json(MOST_JSON))
                    .answering(202, Accepts.JSON, "The transition; its course stands with the updates"),
            Route.of(CANCEL, Method.POST, "/v1/local/cancel", Permission.OPERATE, "Asks a transition to end")
                    .accepting(Accepts.json(MOST_JSON))
                    .answering(202, Accepts.JSON, "The transition"));

    private UpdateRoutes() {}
}
