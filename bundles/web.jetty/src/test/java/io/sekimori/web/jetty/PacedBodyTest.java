package io.sekimori.web.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PacedBodyTest {

    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Time time = new Time();
    private final Sender sender = new Sender();
    private final List<TimeoutException> ended = new ArrayList<>();
    private final PacedBody body = body(256);

    @Test
    void whoSendsAByteNowAndThenIsEndedAfterTheGrace() {
        for (int second = 0; second < 29; second++) {
            waitFor(1, Duration.ofSeconds(1));
        }
        assertThat(ended).isEmpty();

        waitFor(1, Duration.ofSeconds(2));

        assertThat(ended).hasSize(1);
    }

    @Test
    void whoSendsNothingIsEndedAfterTheGrace() {
        body.demand(() -> {});

        time.pass(GRACE.minusMillis(1));
        assertThat(ended).isEmpty();
        time.pass(Duration.ofMillis(2));
        assertThat(ended).hasSize(1);
    }

    @Test
    void whoComesFastEnoughStays() {
        for (int second = 0; second < 10_000; second++) {
            waitFor(256, Duration.ofSeconds(1));
        }

        assertThat(ended).isEmpty();
    }

    @Test
    void whatCameFastBuysNoMoreThanTheGrace() {
        waitFor(10_000_000, Duration.ofSeconds(1));

        body.demand(() -> {});
        time.pass(GRACE.plusMillis(1));

        assertThat(ended).hasSize(1);
    }

    @Test
    void timeInWhichNobodyWaitsForTheSenderDoesNotCount() {
        for (int i = 0; i < 100; i++) {
            waitFor(256, Duration.ofSeconds(1));
            time.pass(Duration.ofMinutes(10));
        }

        assertThat(ended).isEmpty();
        assertThat(time.planned).isEmpty();
    }

    @Test
    void noneIsEndedWhereNoRateIsAsked() {
        body(0).demand(() -> {});

        time.pass(Duration.ofDays(1));

        assertThat(ended).isEmpty();
    }

    /** A reader that blocks is woken without a thread of its own; with none left it would not wake. */
    @Test
    void whatDoesNotBlockIsStillToldNotTo() {
        body.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, () -> {}));
        assertThat(Invocable.getInvocationType(sender.demanded)).isEqualTo(Invocable.InvocationType.NON_BLOCKING);

        body.demand(() -> {});
        assertThat(Invocable.getInvocationType(sender.demanded)).isEqualTo(Invocable.InvocationType.BLOCKING);
    }

    private PacedBody body(int bytesPerSecond) {
        return new PacedBody(
                sender,
                new PacedBody.Pace(bytesPerSecond, GRACE.toNanos()),
                new PacedBody.Clockwork(time, () -> time.now),
                ended::add);
    }

    private void waitFor(int bytes, Duration wait) {
        body.demand(() -> {});
        time.pass(wait);
        sender.next = Content.Chunk.from(ByteBuffer.allocate(bytes), false);
        sender.demanded.run();
        assertThat(body.read()).isNotNull();
    }

    /** Gives what the test says. */
    private static final class Sender implements Content.Source {

        private Content.@Nullable Chunk next;
        private Runnable demanded = () -> {};

        @Override
        public Content.@Nullable Chunk read() {
            return next;
        }

        @Override
        public void demand(Runnable wanted) {
            demanded = wanted;
        }

        @Override
        public void fail(Throwable failure) {
            throw new AssertionError(failure);
        }
    }

    /** Passes when the test says so, and does what is due. */
    private static final class Time extends AbstractLifeCycle implements Scheduler {

        private long now;
        private final List<Planned> planned = new ArrayList<>();

        private record Planned(Runnable work, long due) {}

        @Override
        public Task schedule(Runnable work, long delay, TimeUnit unit) {
            Planned made = new Planned(work, now + unit.toNanos(delay));
            planned.add(made);
            return () -> planned.remove(made);
        }

        void pass(Duration some) {
            now += some.toNanos();
            for (Planned each : List.copyOf(planned)) {
                if (each.due() <= now && planned.remove(each)) {
                    each.work().run();
                }
            }
        }
    }
}
