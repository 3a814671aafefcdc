package io.sekimori.durable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionLockTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void oneHolderKeepsTheOtherOutForAsLongAsItIsPatient() throws IOException {
        VersionLock held = take();
        assertThat(VersionLock.take(folder.resolve("lock"), Duration.ofMillis(5)))
                .isEmpty();

        held.release();

        take().release();
    }

    @Test
    void neverAdmitsTwoThreadsAtOnce() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        CompletableFuture.allOf(IntStream.range(0, 8)
                        .mapToObj(n -> CompletableFuture.runAsync(() -> enterOften(inside, most)))
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(most).hasValue(1);
    }

    @Test
    void anInterruptedThreadTakesItAndStaysInterrupted() throws IOException {
        Thread.currentThread().interrupt();

        take().release();

        assertThat(Thread.interrupted()).isTrue();
    }

    private void enterOften(AtomicInteger inside, AtomicInteger most) {
        for (int i = 0; i < 50; i++) {
            try {
                VersionLock held = take();
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                inside.decrementAndGet();
                held.release();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private VersionLock take() throws IOException {
        return VersionLock.take(folder.resolve("lock"), LONG).orElseThrow();
    }
}
