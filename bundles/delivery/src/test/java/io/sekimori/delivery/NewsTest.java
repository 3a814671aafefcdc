package io.sekimori.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.connection.ConnectionException;
import io.sekimori.connection.Notification;
import io.sekimori.connection.Outbox;
import io.sekimori.update.Phase;
import io.sekimori.update.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The progress of a transition is told by phase, where it can be sent. */
class NewsTest {

    private final List<Notification> sent = new ArrayList<>();

    @Test
    void progressIsToldByPhase() {
        News news = new News(() -> Optional.of(sent::add), () -> 0, 9);

        news.progress(new Progress("t1", Phase.STAGE, "one", 1, 4));
        news.progress(new Progress("t1", Phase.STAGE, "two", 2, 4));
        news.progress(new Progress("t1", Phase.SWAP, "three", 3, 4));

        assertThat(sent).hasSize(2);
        assertThat(sent.get(1).metrics())
                .containsEntry("operation.id", "t1")
                .containsEntry("job.id", 9L)
                .containsEntry("progress", 75)
                .containsEntry("message", "SWAP three");
    }

    @Test
    void progressThatCannotBeSentHarmsNothing() {
        Outbox full = notification -> {
            throw new ConnectionException(io.sekimori.connection.ConnectionCode.OUTBOX_UNWRITABLE, "full", null);
        };
        News news = new News(() -> Optional.of(full), () -> 0, 9);

        news.progress(new Progress("t1", Phase.STAGE, "one", 1, 4));
        assertThat(sent).isEmpty();
    }
}
