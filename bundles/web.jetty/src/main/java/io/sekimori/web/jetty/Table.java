package io.sekimori.web.jetty;

import io.sekimori.web.Resource;
import io.sekimori.web.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The routes of all resources, and which of them a request is for. Literal text wins over a parameter, and a parameter
 * over a rest. Immutable.
 */
final class Table {

    private final List<Entry> entries;

    /** A route and who serves it. */
    private record Entry(Route route, List<String> pattern, Resource resource) {}

    /**
     * What was found.
     *
     * @param path the values of the path's parameters
     */
    record Match(Route route, Resource resource, Map<String, String> path) {}

    /** @param resources those first that win */
    Table(List<Resource> resources) {
        Map<String, Entry> found = new HashMap<>();
        for (Resource resource : resources) {
            for (Route route : resource.routes()) {
                found.putIfAbsent(
                        route.method() + " " + route.path().replaceAll("\\{[a-zA-Z0-9]+", "{"),
                        new Entry(route, segments(route.path()), resource));
            }
        }
        entries = found.values().stream()
                .sorted(Comparator.comparing((Entry entry) -> rank(entry.pattern())))
                .toList();
    }

    List<Route> routes() {
        return entries.stream()
                .map(Entry::route)
                .sorted(Comparator.comparing(Route::path).thenComparing(Route::method))
                .toList();
    }

    /** The route for a method and decoded segments. */
    Optional<Match> find(Route.Method method, List<String> segments) {
        for (Entry entry : entries) {
            if (entry.route().method() == method) {
                Optional<Map<String, String>> path = match(entry.pattern(), segments);
                if (path.isPresent()) {
                    return Optional.of(new Match(entry.route(), entry.resource(), path.get()));
                }
            }
        }
        return Optional.empty();
    }

    /** The methods that there are for these segments, as in the header Allow. */
    String allowed(List<String> segments) {
        TreeSet<String> methods = new TreeSet<>();
        for (Entry entry : entries) {
            if (match(entry.pattern(), segments).isPresent()) {
                methods.add(entry.route().method().name());
                if (entry.route().method() == Route.Method.GET) {
                    methods.add("HEAD");
                }
            }
        }
        return String.join(", ", methods);
    }

    private static Optional<Map<String, String>> match(List<String> pattern, List<String> segments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < pattern.size(); i++) {
            String part = pattern.get(i);
            if (part.endsWith("...}")) {
                return i < segments.size()
                        ? with(values, name(part, 4), String.join("/", segments.subList(i, segments.size())))
                        : Optional.empty();
            }
            if (i >= segments.size()) {
                return Optional.empty();
            }
            if (part.startsWith("{")) {
                values.put(name(part, 1), segments.get(i));
            } else if (!part.equals(segments.get(i))) {
                return Optional.empty();
            }
        }
        return pattern.size() == segments.size() ? Optional.of(values) : Optional.empty();
    }

    private static Optional<Map<String, String>> with(Map<String, String> values, String name, String value) {
        values.put(name, value);
        return Optional.of(values);
    }

    private static String name(String part, int ending) {
        return part.substring(1, part.length() - ending);
    }

    private static List<String> segments(String path) {
        return path.equals("/") ? List.of() : List.of(path.substring(1).split("/"));
    }

    /** Sorts text before parameters before rests, at the first segment that differs in kind. */
    private static String rank(List<String> pattern) {
        List<String> kinds = new ArrayList<>();
        for (String part : pattern) {
            kinds.add(part.endsWith("...}") ? "3" : part.startsWith("{") ? "2" : "1");
        }
        return String.join("", kinds);
    }
}
