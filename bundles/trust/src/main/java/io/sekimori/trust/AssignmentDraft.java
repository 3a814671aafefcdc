package io.sekimori.trust;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What is to be assigned to one device, before a version, dates and a signature make it an {@link Assignment}. The
 * parts are those of {@link Assignment}.
 */
public record AssignmentDraft(
        String device,
        String model,
        List<Assigned> items,
        Map<String, Map<String, Object>> configurations,
        OptionalLong takesBack) {

    public AssignmentDraft {
        items = List.copyOf(items);
        configurations = Map.copyOf(configurations);
    }

    /** What is to be run. */
    public AssignmentDraft(
            String device, String model, List<Assigned> items, Map<String, Map<String, Object>> configurations) {
        this(device, model, items, configurations, OptionalLong.empty());
    }

    /** Takes back what was assigned from version {@code from} on. */
    public static AssignmentDraft takingBack(String device, String model, long from) {
        return new AssignmentDraft(device, model, List.of(), Map.of(), OptionalLong.of(from));
    }

    /** The content of what was signed before, to be signed anew. */
    public static AssignmentDraft of(Assignment signed) {
        return new AssignmentDraft(
                signed.device(), signed.model(), signed.items(), signed.configurations(), signed.takesBack());
    }
}
