package io.sekimori.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What people approve: all that one gateway would run, without the parts of an {@link Assignment} that differ from gateway
 * to gateway and from day to day. So gateways that are to run the same have the same content. Immutable.
 *
 * @param model          the gateways' model
 * @param items          as in {@link Assignment}, in order of path
 * @param configurations as in {@link Assignment}
 */
public record ApprovedContent(String model, List<Assigned> items, Map<String, Map<String, Object>> configurations) {

    private static final long FORMAT = 1;
    private static final String TYPE = "approved-content";

    /** @throws IllegalArgumentException if two items have one path */
    public ApprovedContent {
        Names.requireModel(model);
        TreeMap<String, Assigned> sorted = new TreeMap<>();
        items.forEach(item -> Names.require(sorted.put(item.path(), item) == null, "a path is there twice"));
        items = List.copyOf(sorted.values());
        configurations = Map.copyOf(configurations);
    }

    /** What an assignment has its gateway run. */
    public static ApprovedContent of(Assignment assignment) {
        return new ApprovedContent(assignment.model(), assignment.items(), assignment.configurations());
    }

    /** What a gateway would be assigned. */
    public static ApprovedContent of(AssignmentDraft draft) {
        return new ApprovedContent(draft.model(), draft.items(), draft.configurations());
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws MalformedJson  if a part is missing or of a wrong form
     * @throws TrustException if an item has no hash that is known here
     */
    public static ApprovedContent read(JsonObject json) throws MalformedJson, TrustException {
        if (!json.string("_type").equals(TYPE) || json.number("format") != FORMAT) {
            throw new MalformedJson("it is no content of format " + FORMAT + " to approve");
        }
        try {
            JsonObject targets = json.object("targets");
            List<Assigned> items = new ArrayList<>();
            for (String path : targets.names()) {
                items.add(AssignmentJson.item(path, targets.object(path)));
            }
            return new ApprovedContent(
                    json.string("model"), items, AssignmentJson.configurations(json.object("configurations")));
        } catch (IllegalArgumentException e) {
            throw new MalformedJson(String.valueOf(e.getMessage()), e);
        }
    }

    /** As a document. */
    public Map<String, Object> json() {
        Map<String, Object> targets = new TreeMap<>();
        items.forEach(item -> targets.put(item.path(), AssignmentJson.write(item)));
        return Map.of(
                "_type", TYPE,
                "format", FORMAT,
                "model", model,
                "targets", targets,
                "configurations", configurations);
    }

    /** What a person can look at before signing: a line for each item and each value, with control characters replaced. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Assigned item : items) {
            lines.add(String.format(
                    "%-6s %-9s  %s %s  counter %d  sha256 %s",
                    item.kind().word(),
                    item.kind() == Kind.BUNDLE ? "level " + item.startLevel() : "", // means nothing for others
                    item.symbolicName(),
                    item.version(),
                    item.counter(),
                    item.sha256()));
        }
        new TreeMap<>(configurations)
                .forEach((pid, values) -> new TreeMap<>(values)
                        .forEach((name, value) -> lines.add(Refusal.harmless(pid + ": " + name + " = " + value))));
        return lines;
    }

    /** SHA-256 of the canonical form, 64 lower-case hex digits: another one for whatever is another. */
    public String digest() {
        return Sha256.hex(CanonicalJson.bytes(json()));
    }
}
