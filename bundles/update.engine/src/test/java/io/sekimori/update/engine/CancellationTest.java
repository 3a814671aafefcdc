package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import org.junit.jupiter.api.Test;

class CancellationTest {

    private static final Reason REASON = Reason.of(UpdateCode.CANCELLED, "by test");

    private final Cancellation cancellation = new Cancellation();

    @Test
    void whoeverAsksFirstIsHeard() throws Exception {
        cancellation.check();

        assertThat(cancellation.request(REASON)).isTrue();
        assertThat(cancellation.request(Reason.of(UpdateCode.CANCELLED, "again")))
                .isFalse();

        assertThat(cancellation.reason()).contains(REASON);
        assertThat(cancellation.close()).isFalse();
        assertThatThrownBy(cancellation::check).hasMessageContaining("by test");
    }

    @Test
    void nobodyIsHeardOnceTheCommitHasBegun() throws Exception {
        assertThat(cancellation.close()).isTrue();

        assertThat(cancellation.request(REASON)).isFalse();
        assertThat(cancellation.reason()).isEmpty();
        cancellation.check();
    }

    @Test
    void aPauseEndsWhenItsTimeIsOver() throws Exception {
        cancellation.pause(1);
    }

    @Test
    void aPauseEndsAtOnceWhenSomebodyAsks() throws Exception {
        Thread canceller = new Thread(() -> cancellation.request(REASON));
        canceller.start();

        assertThatThrownBy(() -> cancellation.pause(600_000)).hasMessageContaining("by test");
        canceller.join();
    }

    @Test
    void aThreadThatIsEndedDoesNotPause() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> cancellation.pause(600_000)).hasMessageContaining("ENGINE_STOPPED");

        assertThat(Thread.interrupted()).as("whoever called hears of it, too").isTrue();
    }
}
