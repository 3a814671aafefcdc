package io.sekimori.trust;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** An {@link Assignment} as the targets metadata of a director (4.5). */
final class AssignmentJson {

    /** Raised when a gateway that does not know something new must refuse rather than ignore it. */
    private static final long FORMAT = 1;

    /** What takes back: a gateway that knew nothing of it would take an empty list for what to run. */
    private static final long TAKES_BACK = 2;

    private static final int MAX_ITEMS = 4_096;

    private AssignmentJson() {}

    static Map<String, Object> write(Assignment assignment) {
        Map<String, Object> targets = new TreeMap<>();
        for (Assigned item : assignment.items()) {
            targets.put(item.path(), write(item));
        }
        return Map.of(
                "_type", Role.TARGETS.word(),
                "spec_version", Header.SPEC_VERSION,
                "version", assignment.version(),
                "issued", TufTime.format(assignment.issued()),
                "expires", TufTime.format(assignment.expires()),
                "targets", targets,
                "assignment", facts(assignment));
    }

    private static Map<String, Object> facts(Assignment assignment) {
        Map<String, Object> facts = new TreeMap<>(Map.of(
                "format", FORMAT,
                "device", assignment.device(),
                "model", assignment.model(),
                "configurations", assignment.configurations()));
        assignment.takesBack().ifPresent(from -> {
            facts.put("format", TAKES_BACK);
            facts.put("takesBack", from);
        });
        return facts;
    }

    static Map<String, Object> write(Assigned item) {
        return Map.of(
                "length", item.length(),
                "hashes", Map.of("sha256", item.sha256()),
                "custom",
                        Map.of(
                                "symbolicName", item.symbolicName(),
                                "version", item.version(),
                                "counter", item.counter(),
                                "startLevel", (long) item.startLevel(),
                                "kind", item.kind().word()));
    }

    static Assignment read(TargetsMetadata metadata) throws TrustException {
        try {
            JsonObject facts = metadata.envelope().signed.object("assignment");
            long format = facts.number("format");
            if (format != FORMAT && format != TAKES_BACK) {
                throw new TrustException(
                        TrustCode.ASSIGNMENT_FORMAT,
                        "assignment of format " + format + ", known are " + FORMAT + " and " + TAKES_BACK);
            }
            return new Assignment(
                    metadata.header().version(),
                    TufTime.parse(metadata.envelope().signed, "issued"),
                    metadata.header().expires(),
                    facts.string("device"),
                    facts.string("model"),
                    items(metadata.targets()),
                    configurations(facts.object("configurations")),
                    format == TAKES_BACK ? OptionalLong.of(facts.number("takesBack")) : OptionalLong.empty());
        } catch (MalformedJson | IllegalArgumentException e) {
            throw new TrustException(TrustCode.ASSIGNMENT_MALFORMED, "assignment: " + e.getMessage(), e);
        }
    }

    private static List<Assigned> items(JsonObject targets) throws MalformedJson, TrustException {
        if (targets.names().size() > MAX_ITEMS) {
            throw new MalformedJson("more than " + MAX_ITEMS + " items");
        }
        List<Assigned> items = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String path : targets.names().stream().sorted().toList()) {
            Assigned item = item(path, targets.object(path));
            // Uptane 5.4.4.6: two versions of one bundle would leave it to chance which one callers get.
            if (!seen.add(item.kind() + " " + item.symbolicName())) {
                throw new TrustException(
                        TrustCode.ASSIGNMENT_DUPLICATE, item.symbolicName() + " is assigned in two versions");
            }
            items.add(item);
        }
        return items;
    }

    static Assigned item(String path, JsonObject target) throws MalformedJson, TrustException {
        JsonObject custom = target.object("custom");
        return new Assigned(
                path,
                custom.string("symbolicName"),
                custom.string("version"),
                custom.number("counter"),
                startLevel(custom.number("startLevel")),
                Words.parse(custom, "kind", Kind.values(), Kind::word),
                target.number("length"),
                ReleaseJson.sha256(target));
    }

    private static int startLevel(long level) throws MalformedJson {
        if (level < 1 || level > Assigned.MAX_START_LEVEL) {
            throw new MalformedJson("startLevel must be 1 to " + Assigned.MAX_START_LEVEL);
        }
        return (int) level;
    }

    static Map<String, Map<String, Object>> configurations(JsonObject listed) throws MalformedJson {
        Map<String, Map<String, Object>> configurations = new LinkedHashMap<>();
        for (String pid : listed.names()) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (Map.Entry<String, ?> value : listed.object(pid).asMap().entrySet()) {
                if (value.getValue() == null) {
                    throw new MalformedJson("configurations." + pid + "." + value.getKey() + " is null");
                }
                values.put(value.getKey(), value.getValue());
            }
            configurations.put(pid, values);
        }
        return configurations;
    }
}
