package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** TUF 1.5.2 and Uptane 5.4: slow retrieval. */
class PacedStreamTest {

    private long nanos;

    @Test
    void whoeverIsFastEnoughIsReadToTheEnd() throws Exception {
        PacedStream stream = stream(1_000);
        nanos = Duration.ofSeconds(10).toNanos();
        assertThat(stream.readNBytes(100)).hasSize(100);
        nanos = Duration.ofSeconds(100).toNanos();

        assertThat(stream.readAllBytes()).hasSize(900);
        assertThat(stream.read()).isEqualTo(-1);
    }

    @Test
    void whoeverSendsAByteNowAndThenIsRefusedAfterTheGrace() throws Exception {
        PacedStream stream = stream(1_000);
        nanos = Duration.ofSeconds(10).toNanos();
        assertThat(stream.read()).isZero();

        nanos = Duration.ofSeconds(11).toNanos();
        assertRefused(stream::read, TrustCode.SOURCE_SLOW);
    }

    @Test
    void whatIsExactlyFastEnoughIsAndNothingLess() throws Exception {
        PacedStream stream = stream(1_000);
        nanos = Duration.ofSeconds(10).toNanos();
        assertThat(stream.readNBytes(1)).as("the grace ends after that").hasSize(1);

        nanos = Duration.ofSeconds(20).toNanos();
        assertThat(stream.readNBytes(199)).hasSize(199);
        nanos = Duration.ofSeconds(30).toNanos();
        assertRefused(() -> stream.readNBytes(99), TrustCode.SOURCE_SLOW);
    }

    /** What matters is when it began to be read, whatever the clock said then. */
    @Test
    void theTimeBeforeItWasOpenedIsNotCounted() throws Exception {
        nanos = Duration.ofHours(1).toNanos();

        assertThat(stream(10).readAllBytes()).hasSize(10);
    }

    @Test
    void whoeverAsksForNothingLearnsNothing() throws Exception {
        PacedStream stream = stream(1_000);
        nanos = Duration.ofSeconds(11).toNanos();

        assertThat(stream.read(new byte[1], 0, 0)).isZero();
    }

    @Test
    void bytesAreWhatTheyAre() throws Exception {
        PacedStream stream = new PacedStream(
                new ByteArrayInputStream(new byte[] {(byte) 0xfe, 1}),
                new PacedStream.Pace(Duration.ofSeconds(10), 10),
                () -> nanos);

        assertThat(stream.read()).isEqualTo(0xfe);
        assertThat(stream.read()).isEqualTo(1);
        assertThat(stream.read()).isEqualTo(-1);
    }

    @Test
    void skippingDoesNotCount() throws Exception {
        assertThat(stream(10).skip(5)).isZero();
        assertThat(stream(10).markSupported()).isFalse();
    }

    private PacedStream stream(int length) {
        return new PacedStream(
                new ByteArrayInputStream(new byte[length]),
                new PacedStream.Pace(Duration.ofSeconds(10), 10),
                () -> nanos);
    }
}
