package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.update.Forgeries.Forgery;
import io.sekimori.update.engine.ForgeryCount.Seen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of forgeries; {@link ForgeryDeskTest} says when. */
class ForgeryCountTest {

    private static final Instant EARLY = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant LATE = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void ofTwoTimesTheLaterOneWasTheLast() {
        ForgeryCount early = new ForgeryCount(Map.of(Forgery.TIME_REPLAYED, new Seen(3, EARLY)));
        ForgeryCount late = new ForgeryCount(Map.of(Forgery.TIME_REPLAYED, new Seen(4, LATE)));
        ForgeryCount both = new ForgeryCount(Map.of(Forgery.TIME_REPLAYED, new Seen(7, LATE)));

        assertThat(early.with(late.seen())).isEqualTo(both);
        assertThat(late.with(early.seen())).as("a clock that was set back").isEqualTo(both);
    }

    @Test
    void whatIsDamagedInOnePartBeginsAnewInAll() throws Exception {
        String good = "\"MANDATE_SIGNATURE\":{\"times\":5,\"last\":\"2026-11-22T12:00:00Z\"}";
        Files.writeString(folder.resolve(ForgeryCount.FILE), "{" + good + "}");
        assertThat(ForgeryCount.read(folder).total()).isEqualTo(5);

        for (String bad : new String[] {"7", "{\"times\":1}", "{\"times\":1,\"last\":\"yesterday\"}"}) {
            Files.writeString(folder.resolve(ForgeryCount.FILE), "{" + good + ",\"TIME_SIGNATURE\":" + bad + "}");
            assertThat(ForgeryCount.read(folder)).as(bad).isEqualTo(ForgeryCount.NONE);
        }
    }

    @Test
    void nothingIsCountedBackwards() throws Exception {
        Files.writeString(
                folder.resolve(ForgeryCount.FILE),
                "{\"MANDATE_SIGNATURE\":{\"times\":-5,\"last\":\"2026-11-22T12:00:00Z\"}}");

        assertThat(ForgeryCount.read(folder).total()).isZero();
    }
}
