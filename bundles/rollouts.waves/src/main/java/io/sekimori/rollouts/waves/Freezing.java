package io.sekimori.rollouts.waves;

import io.sekimori.fleet.Filter;
import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import io.sekimori.rollouts.RolloutAnswer.Refused;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.Selection;
import io.sekimori.rollouts.WaveSize;
import io.sekimori.rollouts.waves.TargetRows.NewTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Turns a selection into the gateways that are meant by it now, and waves into their places. Stateless. */
final class Freezing {

    private Freezing() {}

    /** What came of it. */
    sealed interface Frozen {

        /** The gateways, in order. */
        record Gateways(List<String> ids) implements Frozen {}

        /** They cannot be taken. */
        record Unfit(Refused why) implements Frozen {}
    }

    static Frozen gateways(Selection selection, Fleet fleet) throws RolloutException {
        try {
            return selection instanceof Selection.Listed listed
                    ? listed(listed.ids(), fleet)
                    : matching(((Selection.Matching) selection).filter(), fleet);
        } catch (FleetException e) {
            throw new RolloutException(RolloutCode.FLEET_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Waves in order of their sizes; who is left over goes into one more. */
    static List<NewTarget> waves(List<String> ids, List<WaveSize> sizes) {
        List<NewTarget> targets = new ArrayList<>(ids.size());
        int wave = 0;
        for (WaveSize size : sizes) {
            int end = Math.min(ids.size(), targets.size() + size.of(ids.size()));
            if (end > targets.size()) {
                wave++;
                fill(targets, ids, end, wave);
            }
        }
        if (targets.size() < ids.size()) {
            fill(targets, ids, ids.size(), wave + 1);
        }
        return targets;
    }

    private static void fill(List<NewTarget> targets, List<String> ids, int end, int wave) {
        for (String id : ids.subList(targets.size(), end)) {
            targets.add(new NewTarget(id, wave, List.of()));
        }
    }

    private static Frozen listed(List<String> ids, Fleet fleet) throws FleetException {
        Map<String, Gateway> found = new HashMap<>();
        for (int from = 0; from < ids.size(); from += 10_000) {
            fleet.all(new HashSet<>(ids.subList(from, Math.min(from + 10_000, ids.size()))))
                    .forEach(gateway -> found.put(gateway.id(), gateway));
        }
        List<String> unfit = ids.stream()
                .filter(id -> !found.containsKey(id) || found.get(id).life() != Life.ACTIVATED)
                .limit(5)
                .toList();
        return unfit.isEmpty()
                ? new Frozen.Gateways(ids)
                : refused(RolloutCode.SELECTION_UNFIT, "not activated: " + String.join(", ", unfit));
    }

    private static Frozen matching(Map<String, String> words, Fleet fleet) throws FleetException {
        Map<String, String> activated = new HashMap<>(words);
        String life = activated.put("life", Life.ACTIVATED.name());
        Filter filter;
        try {
            filter = Filter.of(activated);
        } catch (IllegalArgumentException e) {
            return refused(RolloutCode.FILTER_INVALID, String.valueOf(e.getMessage()));
        }
        if (life != null && !life.equalsIgnoreCase(Life.ACTIVATED.name())) {
            return refused(RolloutCode.SELECTION_UNFIT, "only activated gateways are assigned anything");
        }
        List<String> ids = fleet.ids(filter, Selection.MAX_TARGETS + 1);
        if (ids.size() > Selection.MAX_TARGETS) {
            return refused(RolloutCode.TOO_MANY_TARGETS, "more than " + Selection.MAX_TARGETS);
        }
        return ids.isEmpty()
                ? refused(RolloutCode.SELECTION_UNFIT, "no activated gateway matches")
                : new Frozen.Gateways(ids);
    }

    private static Frozen refused(RolloutCode code, String detail) {
        return new Frozen.Unfit(new Refused(code, detail));
    }
}
