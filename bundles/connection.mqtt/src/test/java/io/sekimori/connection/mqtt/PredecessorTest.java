package io.sekimori.connection.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.connection.Link.State;
import io.sekimori.connection.Link.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredecessorTest {

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-11-01T10:00:00Z");

    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    @Test
    void whoFollowsOneThatWasOnlineHasToGetThere() {
        begin().leave();

        Predecessor next = begin();

        assertThat(offline(next)).isEqualTo(Result.Status.TEMPORARILY_UNAVAILABLE);
        now = now.plus(Duration.ofMinutes(3));
        assertThat(offline(next)).isEqualTo(Result.Status.WARN);
    }

    @Test
    void whoGotThereMayBeOfflineAgain() {
        begin().leave();
        Predecessor next = begin();

        next.reached();

        assertThat(offline(next)).isEqualTo(Result.Status.WARN);
    }

    @Test
    void nothingIsExpectedOfTheFirstNorOfOneWhosePredecessorWasOffline() {
        begin();

        assertThat(offline(begin())).isEqualTo(Result.Status.WARN);
    }

    @Test
    void nothingIsExpectedOfTheSecondNextNorAfterAWhileNorInAnotherProcess() throws Exception {
        begin().leave();
        begin();
        assertThat(offline(begin())).isEqualTo(Result.Status.WARN);

        begin().leave();
        now = now.plus(Duration.ofMinutes(2));
        assertThat(offline(begin())).isEqualTo(Result.Status.WARN);

        Files.writeString(folder.resolve("connected"), "1 1970-01-01T00:00:00Z\n" + now);
        assertThat(offline(begin())).isEqualTo(Result.Status.WARN);
        Files.writeString(folder.resolve("connected"), "nonsense");
        assertThat(offline(begin())).isEqualTo(Result.Status.WARN);
    }

    @Test
    void whoIsNobodyYetIsWell() {
        Predecessor first = begin();

        assertThat(first.offline(new Status(State.NOT_ENROLLED, now, "", Optional.empty(), 0)))
                .isEqualTo(Result.Status.OK);
    }

    private Predecessor begin() {
        return new Predecessor(folder.resolve("connected"), clock, Silence.LOG);
    }

    private Result.Status offline(Predecessor predecessor) {
        return predecessor.offline(new Status(State.WAITING, now, "", Optional.empty(), 0));
    }
}
