package io.sekimori.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One line of the table of who may do what. It says enough to describe the interface in OpenAPI.
 *
 * @param name unique among all routes, camel case, such as {@code listGateways}; the operation id in OpenAPI
 * @param method the method; HEAD is answered wherever GET is
 * @param path segments after slashes: literal text, {@code {name}} for any one segment, and as the last one
 *     {@code {name...}} for all that follow
 * @param permission who may use it
 * @param summary what it does, one line
 * @param accepts what it takes
 * @param query the parameters behind the question mark; another one is refused
 * @param answers what it answers when all is well
 */
public record Route(
        String name,
        Method method,
        String path,
        Permission permission,
        String summary,
        Accepts accepts,
        List<Parameter> query,
        List<Answer> answers) {

    /** Which method of HTTP. */
    public enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE;

        /** Whether it changes nothing (RFC 9110, 9.2.1). */
        public boolean isSafe() {
            return this == GET;
        }
    }

    /**
     * A parameter of the query.
     *
     * @param name as in the address
     * @param description what it does, one line
     */
    public record Parameter(String name, String description) {}

    /**
     * What a route answers.
     *
     * @param status the status
     * @param mediaType of the body; empty if there is none
     * @param description one line
     */
    public record Answer(int status, String mediaType, String description) {}

    private static final String SEGMENT = "/([A-Za-z0-9._~-]+|\\{[a-zA-Z0-9]+\\})";

    /** @throws IllegalArgumentException if the name or the path is malformed */
    public Route {
        if (!name.matches("[a-z][A-Za-z0-9]*")) {
            throw new IllegalArgumentException("not the name of a route: " + name);
        }
        if (!path.equals("/") && !path.matches("(" + SEGMENT + ")*(" + SEGMENT + "|/\\{[a-zA-Z0-9]+\\.\\.\\.\\})")) {
            throw new IllegalArgumentException("not the path of a route: " + path);
        }
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(permission, "permission");
        Objects.requireNonNull(summary, "summary");
        Objects.requireNonNull(accepts, "accepts");
        query = List.copyOf(query);
        answers = List.copyOf(answers);
    }

    /** A route without a body, parameters or described answers; add them with the methods below. */
    public static Route of(String name, Method method, String path, Permission permission, String summary) {
        return new Route(name, method, path, permission, summary, Accepts.NOTHING, List.of(), List.of());
    }

    /** The same route, taking such a body. */
    public Route accepting(Accepts body) {
        return new Route(name, method, path, permission, summary, body, query, answers);
    }

    /** The same route with one more parameter. */
    public Route with(String parameter, String description) {
        List<Parameter> more = new ArrayList<>(query);
        more.add(new Parameter(parameter, description));
        return new Route(name, method, path, permission, summary, accepts, more, answers);
    }

    /** The same route with the two parameters of a list in pages, see {@link Page}. */
    public Route paged() {
        return with(Page.AFTER, "The key behind which to begin; the one called next in the page before")
                .with(Page.LIMIT, "At most so many, 1 to " + Page.MOST + "; else " + Page.USUAL);
    }

    /** The same route with one more answer. */
    public Route answering(int status, String mediaType, String description) {
        List<Answer> more = new ArrayList<>(answers);
        more.add(new Answer(status, mediaType, description));
        return new Route(name, method, path, permission, summary, accepts, query, more);
    }
}
