package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.launcher.Rehearsal;
import io.sekimori.launcher.Rehearsed;
import io.sekimori.launcher.Wiring;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** A rehearsal that takes as long as it likes. */
class RehearsingTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void nothingHangs() {
        end.countDown();
    }

    @Test
    void theVerdictIsAnswered() throws Exception {
        Rehearsed verdict = new Rehearsed.Unresolved(Rehearsed.Stage.HOT, List.of("why"));

        assertThat(rehearse(() -> verdict, LONG)).isSameAs(verdict);
    }

    @Test
    void oneThatHangsIsNotWaitedForLongerThanTheLimit() throws Exception {
        assertThat(rehearse(this::hang, Duration.ofMillis(50))).isInstanceOf(Rehearsed.Failed.class);
    }

    @Test
    void oneThatHangsCanBeCancelled() {
        new Thread(() -> {
                    awaitUninterruptibly(begun);
                    cancellation.request(Reason.of(UpdateCode.CANCELLED, "by a test"));
                })
                .start();

        assertThatThrownBy(() -> rehearse(this::hang, LONG))
                .isInstanceOfSatisfying(
                        Stopped.class,
                        stopped -> assertThat(stopped.reason().code()).isEqualTo("CANCELLED"));
    }

    @Test
    void oneThatBreaksStopsTheTransition() {
        assertThatThrownBy(() -> rehearse(
                        () -> {
                            throw new IllegalStateException("broken");
                        },
                        LONG))
                .isInstanceOfSatisfying(
                        Stopped.class,
                        stopped -> assertThat(stopped.reason().code()).isEqualTo("ENGINE_FAILED"));
    }

    private Rehearsed rehearse(Supplier<Rehearsed> verdict, Duration limit) throws Stopped {
        return new Rehearsing(new Fake(verdict), limit).rehearse(OptionalInt.of(1), 2, cancellation);
    }

    private Rehearsed hang() {
        begun.countDown();
        awaitUninterruptibly(end);
        return new Rehearsed.Resolved(Wiring.of(Map.of()), Wiring.of(Map.of()), Set.of());
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Fake(Supplier<Rehearsed> verdict) implements Rehearsal {

        @Override
        public Rehearsed rehearse(OptionalInt from, int to) {
            return verdict.get();
        }

        @Override
        public Wiring wiring() {
            return Wiring.of(Map.of());
        }

        @Override
        public Wiring wiring(Collection<Bundle> bundles) {
            return wiring();
        }
    }
}
