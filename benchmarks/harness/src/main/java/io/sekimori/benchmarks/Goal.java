package io.sekimori.benchmarks;

import java.util.Locale;
import java.util.Optional;

/** What a figure should reach. Judged by medians, except where it says that every sample counts. */
public sealed interface Goal {

    /** Whether it is reached; empty if the figure is only there to be looked at. */
    Optional<Boolean> held(Samples ours, Samples theirs);

    /** Ours is at most so many times theirs. */
    record RatioAtMost(double bound) implements Goal {
        @Override
        public Optional<Boolean> held(Samples ours, Samples theirs) {
            return Optional.of(ours.median() <= bound * theirs.median());
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "at most %.2f x", bound);
        }
    }

    /** Ours is at least so many times theirs. */
    record RatioAtLeast(double bound) implements Goal {
        @Override
        public Optional<Boolean> held(Samples ours, Samples theirs) {
            return Optional.of(ours.median() >= bound * theirs.median());
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "at least %.2f x", bound);
        }
    }

    /** Ours is at most that, whatever the other is. */
    record AtMost(double bound) implements Goal {
        @Override
        public Optional<Boolean> held(Samples ours, Samples theirs) {
            return Optional.of(ours.median() <= bound);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, bound == Math.rint(bound) ? "at most %,.0f" : "at most %.1f", bound);
        }
    }

    /** Ours is zero in every sample. */
    record Zero() implements Goal {
        @Override
        public Optional<Boolean> held(Samples ours, Samples theirs) {
            return Optional.of(ours.most() == 0);
        }

        @Override
        public String toString() {
            return "0";
        }
    }

    /** Nothing: the figure explains another one. */
    record None() implements Goal {
        @Override
        public Optional<Boolean> held(Samples ours, Samples theirs) {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return "";
        }
    }
}
