package io.sekimori.benchmarks;

import java.util.Locale;
import java.util.Optional;

/**
 * One line of the results.
 *
 * @param what what was measured
 * @param unit of both samples
 * @param against the peer or the limit that was measured in the same rounds
 */
public record Figure(String what, String unit, Samples ours, String against, Samples theirs, Goal goal) {

    /** Ours in terms of theirs, empty where theirs is zero. */
    public Optional<Double> ratio() {
        return theirs.median() == 0 ? Optional.empty() : Optional.of(ours.median() / theirs.median());
    }

    /** The ratio as people read it. */
    public String ratioText() {
        return ratio().map(ratio -> String.format(Locale.ROOT, ratio < 0.1 ? "%.3f" : "%.2f", ratio))
                .orElse("-");
    }

    /** {@code yes}, {@code NO}, or {@code -} where there is no goal. */
    public String heldText() {
        return goal.held(ours, theirs).map(held -> held ? "yes" : "NO").orElse("-");
    }
}
