package io.sekimori.rest;

import io.sekimori.rollouts.BundleChange;
import io.sekimori.rollouts.Counts;
import io.sekimori.rollouts.Limits;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.Target;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How a rollout is shown. What is absent has no member. Stateless. */
final class RolloutJson {

    private RolloutJson() {}

    static Map<String, Object> of(Rollout rollout) {
        Map<String, Object> json = new TreeMap<>();
        json.put("id", rollout.id());
        json.put("name", rollout.name());
        json.put("state", rollout.state().name());
        json.put("reason", rollout.reason());
        json.put("changes", rollout.changes().stream().map(RolloutJson::change).toList());
        rollout.filter().ifPresent(filter -> json.put("filter", filter));
        json.put("limits", limits(rollout.limits()));
        json.put("automatic", rollout.automatic());
        json.put("silentAfterSeconds", rollout.silentAfter().toSeconds());
        json.put("wave", (long) rollout.wave());
        json.put("waves", rollout.waves().stream().map(RolloutJson::counts).toList());
        json.put("counts", counts(rollout.counts()));
        json.put("total", (long) rollout.counts().total());
        rollout.rollsBack().ifPresent(id -> json.put("rollsBack", id));
        json.put("creator", Actors.name(rollout.creator()));
        json.put("created", rollout.created().toString());
        json.put("revision", rollout.revision());
        return json;
    }

    /** With advice where this area has one; a gateway's own codes are explained by those who know them. */
    static Map<String, Object> of(Target target, Locale language) {
        Map<String, Object> json = new TreeMap<>();
        json.put("gateway", target.gateway());
        json.put("position", (long) target.position());
        json.put("wave", (long) target.wave());
        json.put("state", target.state().name());
        json.put("code", target.code());
        json.put("detail", target.detail());
        json.put("assignment", target.assignment());
        target.assigned().ifPresent(when -> json.put("assigned", when.toString()));
        target.settled().ifPresent(when -> json.put("settled", when.toString()));
        json.put("late", target.late());
        json.put("progress", target.progress());
        json.put("takenBack", target.takenBack());
        for (RolloutCode code : RolloutCode.values()) {
            if (code.name().equals(target.code())) {
                json.put("advice", code.advice(language));
            }
        }
        return json;
    }

    private static Map<String, Object> change(BundleChange change) {
        Map<String, Object> json =
                new TreeMap<>(Map.of("kind", change.kind().name(), "symbolicName", change.symbolicName()));
        change.version().ifPresent(version -> json.put("version", version));
        change.startLevel().ifPresent(level -> json.put("startLevel", (long) level));
        return json;
    }

    private static Map<String, Object> counts(Counts counts) {
        Map<String, Object> json = new TreeMap<>();
        counts.of().forEach((state, count) -> json.put(state.name(), (long) count));
        return json;
    }

    private static Map<String, Object> limits(Limits limits) {
        return Map.of(
                "failed", (long) limits.failed(),
                "reverted", (long) limits.reverted(),
                "refused", (long) limits.refused(),
                "silent", (long) limits.silent(),
                "success", (long) limits.success());
    }

    static List<Map<String, Object>> all(List<Rollout> rollouts) {
        return rollouts.stream().map(RolloutJson::of).toList();
    }
}
