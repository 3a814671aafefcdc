package io.sekimori.trust;

import java.util.List;
import java.util.Map;

/**
 * What is to be assigned to one device, before a version, dates and a signature make it an {@link Assignment}. The
 * parts are those of {@link Assignment}.
 */
public record AssignmentDraft(
        String device, String model, List<Assigned> items, Map<String, Map<String, Object>> configurations) {

    public AssignmentDraft {
        items = List.copyOf(items);
        configurations = Map.copyOf(configurations);
    }
}
