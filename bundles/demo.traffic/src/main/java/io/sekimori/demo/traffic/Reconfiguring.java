package io.sekimori.demo.traffic;

import io.sekimori.config.Attribute;
import io.sekimori.config.Authorship;
import io.sekimori.config.Change;
import io.sekimori.config.ChangeOutcome;
import io.sekimori.config.ConfigCode;
import io.sekimori.config.ConfigException;
import io.sekimori.config.Configuration;
import io.sekimori.config.Configurations;
import io.sekimori.config.Description;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Changes one configuration over and over: a whole number grows by one and shrinks again, which no bundle's behaviour
 * depends on. Confined to one thread.
 */
final class Reconfiguring {

    private static final Authorship AUTHOR = new Authorship("io.sekimori.demo.traffic", "load of the demo");
    private static final List<Attribute.Type> WHOLE_NUMBERS = List.of(Attribute.Type.INTEGER, Attribute.Type.LONG);

    private final Map<String, Long> bases = new HashMap<>();
    private long turn;

    /** Changes once; answers what came of it. */
    void change(Configurations configurations, String pid, Tally tally) throws ConfigException {
        Optional<Attribute> number = configurations.describe(Locale.ROOT).stream()
                .filter(description -> description.pid().equals(pid))
                .map(Description::attributes)
                .flatMap(List::stream)
                .filter(Reconfiguring::isWholeNumber)
                .findFirst();
        if (number.isEmpty()) {
            tally.refused("no whole number to change in " + pid);
            return;
        }
        String id = number.get().id();
        Optional<Configuration> now = configurations.read(pid);
        long base = bases.computeIfAbsent(
                pid,
                first -> now.map(found -> found.values().get(id))
                        .map(value -> Long.valueOf(value.toString()))
                        .orElseGet(() -> Long.valueOf(number.get().defaults().get(0))));
        long value = base + turn++ % 2;
        long version = now.map(found -> found.facts().version()).orElse(0L);
        count(
                configurations.change(new Change(pid, version, Map.of(id, String.valueOf(value)), Set.of(), AUTHOR)),
                tally);
    }

    private static void count(ChangeOutcome outcome, Tally tally) {
        if (outcome instanceof ChangeOutcome.Refused refused) {
            // Stale: the transition itself has put a configuration in place between our reading and our writing.
            if (refused.code() != ConfigCode.VERSION_STALE) {
                tally.refused(refused.code() + ": " + refused.detail());
            }
            return;
        }
        tally.reconfigured();
    }

    private static boolean isWholeNumber(Attribute attribute) {
        return WHOLE_NUMBERS.contains(attribute.type()) && attribute.defaults().size() == 1;
    }
}
