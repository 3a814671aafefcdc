package io.sekimori.web.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.web.jetty.RequestLimit.Seen;
import org.junit.jupiter.api.Test;

class RequestLimitTest {

    @Test
    void whoDoesNotAskAtOnceIsClosed() {
        assertThat(Seen.OPENED.next(0, 0, 30)).isEmpty();
    }

    @Test
    void whoDripsAfterAFirstRequestIsClosedHoweverSlowly() {
        Seen afterOne = Seen.OPENED.next(1, 1, 100).orElseThrow();

        Seen begun = afterOne.next(1, 1, 101).orElseThrow();

        assertThat(begun.next(1, 1, 102)).isEmpty();
        assertThat(begun.next(1, 1, 101)).isEmpty();
    }

    @Test
    void whoRestsOrWaitsForAnAnswerStays() {
        Seen afterOne = Seen.OPENED.next(1, 1, 100).orElseThrow();

        Seen resting = afterOne.next(1, 1, 100).orElseThrow();
        Seen waiting = resting.next(2, 1, 200).orElseThrow();
        Seen sendingItsBody = waiting.next(2, 1, 300).orElseThrow();

        assertThat(sendingItsBody.next(2, 1, 400)).isPresent();
        assertThat(sendingItsBody.next(2, 2, 500)).isPresent();
        assertThat(sendingItsBody.next(3, 3, 600)).isPresent();
    }
}
