package io.sekimori.demo.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CallersTest {

    private final Tally tally = new Tally();
    private final CountDownLatch calls = new CountDownLatch(20);

    @Test
    void whatAnswersIsCountedAsMade() throws InterruptedException {
        run(length -> {});

        assertThat(tally.asMap().toString()).contains("lost=0").doesNotContain("firstLoss");
    }

    @Test
    void whatFailsIsCountedAsLostAndTheCallerGoesOn() throws InterruptedException {
        run(length -> {
            throw new LostCall("gone", null);
        });

        assertThat(tally.asMap().toString()).contains("firstLoss=gone").doesNotContain("lost=0");
    }

    @Test
    void aClassThatIsGoneIsALostCallToo() throws InterruptedException {
        run(length -> {
            throw new NoClassDefFoundError("gone");
        });

        assertThat(tally.asMap().toString()).contains("NoClassDefFoundError");
    }

    private interface Talk {
        void talk(Duration length) throws LostCall;
    }

    private void run(Talk talk) throws InterruptedException {
        Callers callers = new Callers(List.of(conversation(talk)), kind -> true, () -> tally);
        callers.start();
        try {
            assertThat(calls.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            callers.stop();
        }
    }

    private Conversation conversation(Talk talk) {
        return new Conversation() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public boolean expected() {
                return true;
            }

            @Override
            public void talk(Hold hold, Duration length) throws LostCall {
                calls.countDown();
                talk.talk(length);
            }
        };
    }
}
