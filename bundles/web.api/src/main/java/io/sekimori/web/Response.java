package io.sekimori.web;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An answer.
 *
 * @param status the status, 200 to 599
 * @param headers headers beside those that every answer has
 * @param body the content
 */
public record Response(int status, Map<String, String> headers, Body body) {

    /** @throws IllegalArgumentException if a header would break out of its line */
    public Response {
        headers = Map.copyOf(headers);
        headers.forEach((name, value) -> {
            if (!name.matches("[A-Za-z0-9-]+") || value.chars().anyMatch(c -> c < ' ' || c > '~')) {
                throw new IllegalArgumentException("not a header: " + name);
            }
        });
        Objects.requireNonNull(body, "body");
    }

    /** 200 with JSON. */
    public static Response json(Map<String, ?> value) {
        return of(200, new Body.Json(value));
    }

    /** That status with JSON. */
    public static Response json(int status, Map<String, ?> value) {
        return of(status, new Body.Json(value));
    }

    /** 201 with JSON and the path of what was made. */
    public static Response created(String path, Map<String, ?> value) {
        return json(201, value).with("Location", path);
    }

    /** 204. */
    public static Response done() {
        return of(204, new Body.Empty());
    }

    /** A problem. */
    public static Response problem(int status, Enum<?> code, String detail) {
        return of(status, new Body.Refused(new Problem(status, code, detail)));
    }

    /** One page of a list, see {@link Page}. */
    public static Response page(Iterable<? extends Map<String, ?>> items, Optional<String> next) {
        return json(Page.json(items, next));
    }

    /** That status and content. */
    public static Response of(int status, Body body) {
        return new Response(status, Map.of(), body);
    }

    /** The same with a header. */
    public Response with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Response(status, more, body);
    }

    /** The same with the tag of the version it shows, see {@link Tag}. */
    public Response tagged(String version) {
        return with("ETag", Tag.of(version));
    }
}
