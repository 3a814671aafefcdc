package io.sekimori.trust;

import static io.sekimori.trust.Names.require;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What the director wants one gateway to run: the whole of it, not a difference. Or that nothing of what it assigned lately
 * is to be run: see {@link #takesBack}.
 *
 * @param version        grows with every assignment of a device
 * @param issued         when the director signed it
 * @param expires        when it stops being acceptable (what was accepted in time goes on running)
 * @param device         SHA-256 of the device's public key (SubjectPublicKeyInfo), 64 lower-case hex digits
 * @param model          the gateway's model
 * @param items          at least one bundle and at most one Java runtime; no symbolic name twice within a {@link Kind}; none
 *                       at all if it takes back
 * @param configurations per pid, values of String, Long, Boolean or List of String; immutable
 * @param takesBack      the first of the earlier versions that are taken back, with all from there up to this one: what is not
 *                       confirmed of them yet never will be. Empty for what is to be run
 */
public record Assignment(
        long version,
        Instant issued,
        Instant expires,
        String device,
        String model,
        List<Assigned> items,
        Map<String, Map<String, Object>> configurations,
        OptionalLong takesBack) {

    /** @throws IllegalArgumentException if a part is malformed */
    public Assignment {
        require(version >= 1, "version must be at least 1");
        require(issued.isBefore(expires), "issued must be before expires");
        Names.requireSha256(device);
        Names.requireModel(model);
        items = List.copyOf(items);
        if (takesBack.isPresent()) {
            require(takesBack.getAsLong() >= 1 && takesBack.getAsLong() < version, "it takes back no earlier version");
            require(items.isEmpty() && configurations.isEmpty(), "it takes back, and assigns");
        } else {
            require(items.stream().anyMatch(item -> item.kind() == Kind.BUNDLE), "no bundle is assigned");
        }
        require(items.stream().filter(item -> item.kind() == Kind.JAVA).count() <= 1, "two Java runtimes are assigned");
        require(
                items.stream()
                                .map(item -> item.kind() + " " + item.symbolicName())
                                .distinct()
                                .count()
                        == items.size(),
                "a symbolic name is assigned twice");
        configurations = frozen(configurations);
    }

    /** What is to be run. */
    public Assignment(
            long version,
            Instant issued,
            Instant expires,
            String device,
            String model,
            List<Assigned> items,
            Map<String, Map<String, Object>> configurations) {
        this(version, issued, expires, device, model, items, configurations, OptionalLong.empty());
    }

    /** The items of one kind. */
    public List<Assigned> items(Kind kind) {
        return items.stream().filter(item -> item.kind() == kind).collect(Collectors.toUnmodifiableList());
    }

    /** What the release repository must vouch for. */
    List<String> paths() {
        List<String> paths = new ArrayList<>(items.size());
        for (Assigned item : items) {
            paths.add(item.path());
        }
        return List.copyOf(paths);
    }

    private static Map<String, Map<String, Object>> frozen(Map<String, Map<String, Object>> configurations) {
        Map<String, Map<String, Object>> frozen = new LinkedHashMap<>();
        configurations.forEach((pid, values) -> {
            Names.requirePid(pid);
            Map<String, Object> copy = new LinkedHashMap<>();
            values.forEach((name, value) -> copy.put(name, frozenValue(pid, value)));
            frozen.put(pid, Collections.unmodifiableMap(copy));
        });
        return Collections.unmodifiableMap(frozen);
    }

    private static Object frozenValue(String pid, Object value) {
        if (value instanceof List<?> list) {
            require(list.stream().allMatch(String.class::isInstance), "a list in " + pid + " holds not only strings");
            return List.copyOf(list);
        }
        require(
                value instanceof String || value instanceof Long || value instanceof Boolean,
                "a value in " + pid + " is not a string, whole number, boolean or list of strings");
        return value;
    }
}
