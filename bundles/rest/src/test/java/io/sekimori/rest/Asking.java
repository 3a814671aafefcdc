package io.sekimori.rest;

import io.sekimori.web.Body;
import io.sekimori.web.Caller;
import io.sekimori.web.Permission;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.WebException;
import java.util.Map;
import java.util.Set;

/** Requests of alice to one resource. Stateless. */
final class Asking {

    static final Caller ALICE = new Caller.Person("alice", "s-1", Set.of(Permission.VIEW, Permission.OPERATE));

    private Asking() {}

    static Request request(Resource resource, String route) {
        Route found = resource.routes().stream()
                .filter(one -> one.name().equals(route))
                .findFirst()
                .orElseThrow();
        return Request.of(found, ALICE);
    }

    /** The status and the code of a problem, or of what was answered. */
    static String outcome(Resource resource, Request request) throws Exception {
        try {
            return Integer.toString(resource.handle(request).status());
        } catch (WebException e) {
            return e.problem().status() + " " + e.problem().code();
        }
    }

    static Map<String, ?> json(Response response) {
        return ((Body.Json) response.body()).value();
    }
}
