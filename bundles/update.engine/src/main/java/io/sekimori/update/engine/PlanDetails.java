package io.sekimori.update.engine;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Release;
import io.sekimori.update.Plan;
import io.sekimori.update.PlannedBundle;
import io.sekimori.update.PlannedBundle.Action;
import io.sekimori.update.PlannedBundle.Edition;
import io.sekimori.update.TransitionReport;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Puts a plan into words and numbers. How long an interruption lasts is what the last transitions of this unit measured
 * for the bundle, else experience. Pure.
 */
final class PlanDetails {

    private static final Duration REPLACED = Duration.ofMillis(100);
    private static final Duration REWIRED = Duration.ofMillis(200);
    private static final Duration RESTARTED = Duration.ofSeconds(5);

    private static final int MOST_REMEDIES = 50;

    private final List<TransitionReport> recent;

    /**
     * What others signed.
     *
     * @param releases that are assigned
     */
    record Promised(Plan.Signed signed, List<Release> releases) {

        /** What is older than what runs mends nothing, whatever was said of it. */
        private List<Plan.Remedy> remedies(Changes changes) {
            return releases.stream()
                    .filter(release -> comes(release, changes))
                    .flatMap(release -> release.remedy().stream())
                    .map(remedy -> new Plan.Remedy(remedy.english(), remedy.japanese()))
                    .distinct()
                    .limit(MOST_REMEDIES)
                    .toList();
        }

        // Of the start class path no counter is known here: it comes if the process is new.
        private static boolean comes(Release release, Changes changes) {
            return release.kind() == Kind.BUNDLE
                    ? changes.of(release.symbolicName())
                            .filter(change -> change.before()
                                    .filter(before -> before.counter() >= release.counter())
                                    .isEmpty())
                            .isPresent()
                    : changes.restart();
        }
    }

    /** @param recent finished transitions of this unit, newest first */
    PlanDetails(List<TransitionReport> recent) {
        this.recent = List.copyOf(recent);
    }

    Plan plan(
            Generation from,
            Generation to,
            Changes changes,
            Map<String, Long> floors,
            Plan.Disk disk,
            Promised promised) {
        List<PlannedBundle> bundles = changes.all().stream()
                .sorted(Comparator.comparing(Change::symbolicName))
                .map(change -> planned(change, floors))
                .toList();
        List<Plan.Interruption> interruptions = changes.all().stream()
                .filter(change -> changes.interrupted().contains(change.symbolicName()))
                .map(this::interruption)
                .toList();
        List<String> configurations = List.copyOf(ConfigurationKeeper.changed(from, to));
        return new Plan(
                from.number(),
                to.number(),
                to.assignmentVersion(),
                changes.restart(),
                bundles,
                interruptions,
                disk,
                configurations,
                promised.signed(),
                promised.remedies(changes));
    }

    private static PlannedBundle planned(Change change, Map<String, Long> floors) {
        return new PlannedBundle(
                change.symbolicName(),
                change.action(),
                change.before().map(PlanDetails::edition),
                change.after().map(PlanDetails::edition),
                floors.getOrDefault(change.symbolicName(), 0L),
                change.why());
    }

    private static Edition edition(GenerationBundle bundle) {
        return new Edition(bundle.version(), bundle.counter());
    }

    private Plan.Interruption interruption(Change change) {
        String why = change.why().isEmpty()
                ? "its swap mode is " + change.action().name().toLowerCase(Locale.ROOT)
                : change.why();
        return new Plan.Interruption(change.symbolicName(), about(change), why);
    }

    private Duration about(Change change) {
        return recent.stream()
                .flatMap(report -> report.swaps().stream())
                .filter(swap -> swap.symbolicName().equals(change.symbolicName()) && swap.action() == change.action())
                .map(swap -> swap.gap())
                .findFirst()
                .orElse(experience(change.action()));
    }

    private static Duration experience(Action action) {
        return switch (action) {
            case RESTART -> RESTARTED;
            case REWIRE -> REWIRED;
            default -> REPLACED;
        };
    }
}
