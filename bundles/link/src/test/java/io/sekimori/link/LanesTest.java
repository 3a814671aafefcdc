package io.sekimori.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What many gateways send at once is in hand at once, and nobody's order or trouble is another's. */
class LanesTest {

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final CountDownLatch go = new CountDownLatch(1);

    @Test
    void soManyGatewaysAreInHandAtOnceThatTheyShareTransactions() {
        AtomicInteger inHand = new AtomicInteger();
        try (Lanes lanes = lanes()) {
            for (int i = 0; i < 200; i++) {
                lanes.add("g-" + i, () -> {
                    inHand.incrementAndGet();
                    return waited();
                });
            }

            await().until(() -> inHand.get() == Connection.LANES);
            go.countDown();

            await().until(() -> inHand.get() == 200);
        }
    }

    @Test
    void whatAGatewaySentLaterWaitsUntilWhatItSentBeforeIsDone() {
        AtomicBoolean away = new AtomicBoolean(true);
        try (Lanes lanes = lanes()) {
            lanes.add("g-a", () -> !away.get() && done.add("first"));
            lanes.add("g-a", () -> done.add("second"));
            lanes.add("g-b", () -> done.add("of another"));

            await().until(() -> done.contains("of another"));
            assertThat(done).containsExactly("of another");
            away.set(false);

            await().untilAsserted(() -> assertThat(done).containsExactly("of another", "first", "second"));
        }
    }

    @Test
    void whoBreaksItsReaderHoldsUpNobody() {
        try (Lanes lanes = lanes()) {
            lanes.add("g-a", () -> {
                throw new IllegalStateException("as a test wants it");
            });
            lanes.add("g-a", () -> done.add("next"));

            await().untilAsserted(() -> assertThat(done).containsExactly("next"));
        }
    }

    @Test
    void whatWaitsAtTheEndIsNotDone() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Lanes lanes = lanes();
        lanes.add("g-a", () -> {
            begun.countDown();
            return waited();
        });
        lanes.add("g-a", () -> done.add("too late"));
        begun.await();

        Thread closing = new Thread(lanes::close);
        closing.start();
        await().until(() -> !lanes.add("g-a", () -> done.add("too late")));
        go.countDown();
        closing.join();

        assertThat(done).isEmpty();
    }

    private boolean waited() {
        try {
            return go.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static Lanes lanes() {
        return new Lanes(Connection.LANES, 64, Duration.ofMillis(5), LinkTest.logger());
    }
}
