package io.sekimori.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that was allowed. Confined to the thread that answers it.
 *
 * @param route which route it is
 * @param path the values of the path's parameters, decoded; never empty, {@code .} or {@code ..}, without slashes
 *     except those between the segments of {@code {name...}}, and without control characters
 * @param query the values of the query's parameters, decoded
 * @param headers the headers, names in lower case; of several with one name the values joined by commas
 * @param peer who made it
 * @param language in which to speak to them
 * @param body the body as it comes; empty for a route that takes JSON or nothing
 * @param json the body of a route that takes JSON; empty for others
 */
public record Request(
        Route route,
        Map<String, String> path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        Peer peer,
        Locale language,
        InputStream body,
        Fields json) {

    /** @throws NullPointerException if a part is null */
    public Request {
        Objects.requireNonNull(route, "route");
        path = Map.copyOf(path);
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(json, "json");
    }

    /** A request without parameters and body, for tests of resources. */
    public static Request of(Route route, Caller caller) {
        return new Request(
                route,
                Map.of(),
                Map.of(),
                Map.of(),
                new Peer(caller, "127.0.0.1", List.of()),
                Locale.ENGLISH,
                InputStream.nullInputStream(),
                new Fields(Map.of()));
    }

    /** The same with a value in the path. */
    public Request at(String name, String value) {
        return new Request(route, with(path, name, value), query, headers, peer, language, body, json);
    }

    /** The same with a value in the query. */
    public Request where(String name, String value) {
        return new Request(route, path, with(query, name, List.of(value)), headers, peer, language, body, json);
    }

    /** The same with a header, whose name is in lower case. */
    public Request header(String name, String value) {
        return new Request(route, path, query, with(headers, name, value), peer, language, body, json);
    }

    /** The same with a body of JSON. */
    public Request sending(Map<String, @Nullable Object> members) {
        return new Request(route, path, query, headers, peer, language, body, new Fields(members));
    }

    /** The same with a body of bytes. */
    public Request sending(byte[] bytes) {
        return new Request(route, path, query, headers, peer, language, new ByteArrayInputStream(bytes), json);
    }

    /**
     * A value of the path.
     *
     * @throws IllegalArgumentException if the route has no such parameter
     */
    public String path(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the path has no " + name);
        }
        return value;
    }

    /**
     * A value of the query.
     *
     * @throws WebException if it is given more than once
     */
    public Optional<String> query(String name) throws WebException {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new WebException(new Problem(400, WebCode.PARAMETER_INVALID, name + " is given more than once"));
        }
        return values.stream().findFirst();
    }

    /**
     * A whole number of the query.
     *
     * @throws WebException if it is no number of that range
     */
    public long number(String name, long least, long most, long usual) throws WebException {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return usual;
        }
        try {
            long number = Long.parseLong(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as for a number out of range.
        }
        throw new WebException(new Problem(
                400, WebCode.PARAMETER_INVALID, name + " is not a whole number from " + least + " to " + most));
    }

    /** A header, by its name in lower case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Who made it. */
    public Caller caller() {
        return peer.caller();
    }

    /** All bytes of the body; a larger one than the route allows was refused before. */
    public byte[] bytes() throws IOException {
        return body.readAllBytes();
    }

    private static <T> Map<String, T> with(Map<String, T> map, String name, T value) {
        Map<String, T> more = new HashMap<>(map);
        more.put(name, value);
        return more;
    }
}
