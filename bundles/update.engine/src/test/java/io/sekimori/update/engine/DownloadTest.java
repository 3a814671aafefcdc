package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.generation.Unit;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Release;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.Swap;
import io.sekimori.update.Reason;
import io.sekimori.update.SourceFile;
import io.sekimori.update.UpdateCode;
import io.sekimori.update.engine.lab.ScriptedSource;
import io.sekimori.update.engine.lab.Syncs;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {

    private static final DownloadLimits LIMITS = new DownloadLimits(0, 1, Duration.ofSeconds(20), 3, Duration.ZERO);

    @TempDir
    private Path work;

    private final byte[] content = new byte[200_000];
    private Release release;
    private Incoming incoming;

    @BeforeEach
    void prepare() {
        new Random(7).nextBytes(content);
        release = release(content);
        incoming = Incoming.of(new Unit(work));
    }

    @Test
    void bringsAFile() throws Exception {
        List<Long> arrived = new ArrayList<>();
        ScriptedSource source = new ScriptedSource(content, ScriptedSource::well);

        try (Download download = download(source, LIMITS, new Cancellation())) {
            download.fetch(release, arrived::add);
        }

        assertThat(incoming.path(release.sha256())).hasBinaryContent(content);
        assertThat(arrived).isSorted().endsWith((long) content.length);
        assertThat(source.offsets()).containsExactly(0L);
    }

    @Test
    void goesOnWhereTheConnectionBroke() throws Exception {
        ScriptedSource source = new ScriptedSource(
                content,
                ScriptedSource.breakingAfter(70_000),
                ScriptedSource.breakingAfter(70_000),
                ScriptedSource::well);

        fetch(source);

        assertThat(source.offsets()).containsExactly(0L, 70_000L, 140_000L);
        assertThat(incoming.path(release.sha256())).hasBinaryContent(content);
    }

    @Test
    void goesOnWhereAnEarlierProcessStopped() throws Exception {
        refused(new ScriptedSource(content, ScriptedSource.breakingAfter(70_000), ScriptedSource.breakingAfter(0)));
        ScriptedSource source = new ScriptedSource(content, ScriptedSource::well);

        fetch(source);

        assertThat(source.offsets()).containsExactly(70_000L);
        assertThat(incoming.path(release.sha256())).hasBinaryContent(content);
    }

    @Test
    void whatIsThereIsCheckedAgainAndBroughtAnewIfItIsDamaged() throws Exception {
        Files.createDirectories(incoming.directory());
        Files.write(incoming.path(release.sha256()), new byte[50_000]);
        ScriptedSource source = new ScriptedSource(content, ScriptedSource::well);

        fetch(source);

        assertThat(source.offsets()).containsExactly(50_000L, 0L);
        assertThat(incoming.path(release.sha256())).hasBinaryContent(content);
    }

    @Test
    void aWholeFileIsNotBroughtTwiceAndADamagedOneIsNeverWrittenInto() throws Exception {
        fetch(new ScriptedSource(content, ScriptedSource::well));
        ScriptedSource unused = new ScriptedSource(content, ScriptedSource::well);
        fetch(unused);
        Path linked = work.resolve("the store's");
        Files.createLink(linked, incoming.path(release.sha256()));
        byte[] damaged = content.clone();
        damaged[9]++;
        Files.write(incoming.path(release.sha256()), damaged);

        fetch(new ScriptedSource(content, ScriptedSource::well));

        assertThat(unused.offsets()).isEmpty();
        assertThat(incoming.path(release.sha256())).hasBinaryContent(content);
        assertThat(linked).hasBinaryContent(damaged);
    }

    @Test
    void whatIsLongerThanSignedIsNotContinued() throws Exception {
        Files.createDirectories(incoming.directory());
        Files.write(incoming.path(release.sha256()), Arrays.copyOf(content, content.length + 1));
        ScriptedSource source = new ScriptedSource(content, ScriptedSource::well);

        fetch(source);

        assertThat(source.offsets()).containsExactly(0L);
        assertThat(incoming.path(release.sha256())).hasBinaryContent(content);
    }

    @Test
    void whatIsRightIsOnTheDisk() throws Exception {
        try (Syncs syncs = new Syncs()) {
            fetch(new ScriptedSource(content, ScriptedSource::well));

            assertThat(syncs.made()).contains(incoming.path(release.sha256()));
        }
    }

    @Test
    void aSourceThatCannotBeginInTheMiddleBeginsAnew() throws Exception {
        ScriptedSource source = new ScriptedSource(
                content, ScriptedSource.breakingAfter(70_000), (bytes, offset) -> ScriptedSource.well(bytes, 0));

        fetch(source);

        assertThat(incoming.path(release.sha256())).hasBinaryContent(content);
    }

    @Test
    void otherBytesFromASourceThatBeganAnewAreRefusedAtOnce() {
        byte[] other = content.clone();
        other[150_000]++;
        ScriptedSource source = new ScriptedSource(
                other, ScriptedSource.breakingAfter(70_000), (bytes, offset) -> ScriptedSource.well(bytes, 0));

        assertThat(refused(source).code()).isEqualTo("TARGET_HASH");
        assertThat(source.offsets()).containsExactly(0L, 70_000L);
    }

    @Test
    void aSourceThatBeginsElsewhereIsRefused() {
        Reason reason = refused(new ScriptedSource(
                content, ScriptedSource.breakingAfter(10), (bytes, offset) -> ScriptedSource.well(bytes, 20)));

        assertThat(reason.code()).isEqualTo(UpdateCode.DOWNLOAD_FAILED.name());
    }

    @Test
    void aConnectionThatKeepsBreakingIsRefused() {
        ScriptedSource source = new ScriptedSource(content, ScriptedSource.breakingAfter(0));

        assertThat(refused(source).code()).isEqualTo(UpdateCode.DOWNLOAD_FAILED.name());
        assertThat(source.offsets()).hasSize(LIMITS.tries());
    }

    @Test
    void connectionsThatBringTheFileFurtherAreNotCounted() throws Exception {
        ScriptedSource source = new ScriptedSource(content, ScriptedSource.breakingAfter(20_000));

        fetch(source);

        assertThat(source.offsets()).hasSize(10);
    }

    @Test
    void whatBringsLessFurtherThanAStretchMustIsCounted() throws Exception {
        DownloadLimits demanding = new DownloadLimits(0, 1_000, Duration.ofSeconds(20), 3, Duration.ZERO);
        ScriptedSource enough = new ScriptedSource(content, ScriptedSource.breakingAfter(20_000));
        ScriptedSource less = new ScriptedSource(content, ScriptedSource.breakingAfter(19_999));

        assertThat(refused(less, demanding).code()).isEqualTo(UpdateCode.DOWNLOAD_FAILED.name());
        incoming.discard(release.sha256());
        fetch(enough, demanding);

        assertThat(less.offsets()).containsExactly(0L, 19_999L, 39_998L);
        assertThat(enough.offsets()).hasSize(10);
    }

    @Test
    void whatAnEarlierProcessBroughtIsNoMeritOfThisOne() throws Exception {
        Files.createDirectories(incoming.directory());
        Files.write(incoming.path(release.sha256()), Arrays.copyOf(content, 50_000));
        DownloadLimits demanding = new DownloadLimits(0, 1_000, Duration.ofSeconds(20), 2, Duration.ZERO);
        ScriptedSource source =
                new ScriptedSource(content, ScriptedSource.breakingAfter(0), ScriptedSource.breakingAfter(1));

        refused(source, demanding);

        assertThat(source.offsets()).containsExactly(50_000L, 50_000L);
    }

    @Test
    void everyConnectionIsClosed() throws Exception {
        ScriptedSource broken =
                new ScriptedSource(content, ScriptedSource.breakingAfter(70_000), ScriptedSource.breakingAfter(0));
        ScriptedSource elsewhere = new ScriptedSource(content, (bytes, offset) -> ScriptedSource.well(bytes, 20));
        ScriptedSource good = new ScriptedSource(content, ScriptedSource::well);

        refused(elsewhere);
        refused(broken);
        fetch(good);

        assertThat(elsewhere.leftOpen()).isZero();
        assertThat(broken.leftOpen()).isZero();
        assertThat(good.leftOpen()).isZero();
    }

    @Test
    void nobodyLooksOnAfterwards() throws Exception {
        Set<Thread> looking = new HashSet<>();
        try (Download download =
                download(new ScriptedSource(content, ScriptedSource::well), LIMITS, new Cancellation())) {
            download.fetch(
                    release,
                    here -> Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().equals("sekimori-update-watch"))
                            .forEach(looking::add));
        }

        assertThat(looking).isNotEmpty();
        for (Thread thread : looking) {
            thread.join(TimeUnit.SECONDS.toMillis(10));
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void aServerThatCannotBeReachedIsRefused() {
        Reason reason = refused(new ScriptedSource(content, (bytes, offset) -> {
            throw new IOException("no route to host");
        }));

        assertThat(reason.code()).isEqualTo(UpdateCode.DOWNLOAD_FAILED.name());
        assertThat(reason.detail()).contains("no route to host");
    }

    @Test
    void aFileThatIsNotThereIsRefusedAtOnce() {
        ScriptedSource source = new ScriptedSource(content, (bytes, offset) -> {
            throw new NoSuchFileException("404");
        });

        assertThat(refused(source).code()).isEqualTo(UpdateCode.SOURCE_FILE_MISSING.name());
        assertThat(source.offsets()).hasSize(1);
    }

    @Test
    void otherBytesAreRefusedAndForgotten() {
        byte[] other = content.clone();
        other[150_000]++;

        ScriptedSource source = new ScriptedSource(other, ScriptedSource::well);

        assertThat(refused(source).code()).isEqualTo("TARGET_HASH");
        assertThat(source.offsets()).containsExactly(0L);
        assertThat(incoming.path(release.sha256())).doesNotExist();
    }

    @Test
    void otherBytesInPiecesAreRefusedAfterOneMoreTry() {
        byte[] other = content.clone();
        other[150_000]++;
        ScriptedSource source = new ScriptedSource(other, ScriptedSource.breakingAfter(70_000), ScriptedSource::well);

        assertThat(refused(source).code()).isEqualTo("TARGET_HASH");
        assertThat(source.offsets()).containsExactly(0L, 70_000L, 0L);
    }

    @Test
    void endlessBytesAreNotRead() throws Exception {
        release = release(new byte[200_000]);

        assertThat(refused(new ScriptedSource(content, ScriptedSource::endless)).code())
                .isEqualTo("TARGET_LENGTH");
        assertThat(incoming.path(release.sha256())).doesNotExist();
    }

    @Test
    void whatEndsEarlyIsRefused() {
        Reason reason = refused(new ScriptedSource(
                content,
                (bytes, offset) -> offset == 0
                        ? ScriptedSource.endingAfter(1_000).open(bytes, 0)
                        : ScriptedSource.endingAfter(0).open(bytes, offset)));

        assertThat(reason.code()).isEqualTo("TARGET_LENGTH");
        assertThat(reason.detail()).contains("1000 of 200000");
    }

    @Test
    void aSourceThatGivesNothingAndDoesNotEndIsNotAskedForEver() {
        Reason reason = refused(new ScriptedSource(
                content,
                (bytes, offset) -> new SourceFile(offset, new InputStream() {
                    @Override
                    public int read() {
                        return 0;
                    }

                    @Override
                    public int read(byte[] buffer, int from, int most) {
                        return 0;
                    }
                })));

        assertThat(reason.code()).isEqualTo("TARGET_LENGTH");
    }

    @Test
    void aSilentSourceIsGivenUp() {
        DownloadLimits impatient = new DownloadLimits(0, 1, Duration.ofMillis(150), 2, Duration.ZERO);
        ScriptedSource source = new ScriptedSource(content, ScriptedSource::silent);

        assertThat(refused(source, impatient).code()).isEqualTo(UpdateCode.DOWNLOAD_STALLED.name());
        assertThat(source.offsets()).hasSize(2);
    }

    @Test
    void aSourceThatDripsIsGivenUp() {
        DownloadLimits impatient = new DownloadLimits(0, 1_000_000, Duration.ofMillis(150), 2, Duration.ZERO);

        Reason reason = refused(new ScriptedSource(content, DownloadTest::dripping), impatient);

        assertThat(reason.code()).isEqualTo(UpdateCode.DOWNLOAD_STALLED.name());
    }

    @Test
    void aSourceThatIsSlowAndSteadyIsNotGivenUp() throws Exception {
        release = release(Arrays.copyOf(content, 400));
        DownloadLimits patient = new DownloadLimits(0, 1, Duration.ofSeconds(1), 1, Duration.ZERO);
        ScriptedSource source = new ScriptedSource(Arrays.copyOf(content, 400), DownloadTest::dripping);

        fetch(source, patient);

        assertThat(source.offsets()).containsExactly(0L);
    }

    @Test
    void aSilentSourceIsCancelledAtOnce() throws Exception {
        Cancellation cancellation = new Cancellation();
        CountDownLatch reading = new CountDownLatch(1);
        ScriptedSource source = new ScriptedSource(content, (bytes, offset) -> {
            InputStream silent = ScriptedSource.silent(bytes, offset).bytes();
            return new SourceFile(offset, new FilterInputStream(silent) {
                @Override
                public int read(byte[] buffer, int from, int most) throws IOException {
                    reading.countDown();
                    return super.read(buffer, from, most);
                }
            });
        });
        Thread canceller = new Thread(() -> {
            try {
                reading.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            cancellation.request(Reason.of(UpdateCode.CANCELLED, "by test"));
        });

        canceller.start();
        // It has an hour and one try: nothing else ends it, and what ended it is not taken for its failure.
        cancelled(source, DownloadLimits.LOCAL, cancellation, here -> {});
        canceller.join();
    }

    @Test
    void whatIsCancelledIsNotReadOn() {
        Cancellation cancellation = new Cancellation();
        List<Long> arrived = new ArrayList<>();

        cancelled(new ScriptedSource(content, ScriptedSource::well), LIMITS, cancellation, here -> {
            arrived.add(here);
            cancellation.request(Reason.of(UpdateCode.CANCELLED, "by test"));
        });

        assertThat(arrived).hasSize(1);
    }

    @Test
    void whatIsCancelledIsNotTriedAgain() {
        Cancellation cancellation = new Cancellation();
        ScriptedSource source = new ScriptedSource(content, (bytes, offset) -> {
            cancellation.request(Reason.of(UpdateCode.CANCELLED, "by test"));
            throw new IOException("no route to host");
        });

        cancelled(source, LIMITS, cancellation, here -> {});

        assertThat(source.offsets()).hasSize(1);
    }

    @Test
    void theRateIsKept() throws Exception {
        DownloadLimits slow = new DownloadLimits(400_000, 1, Duration.ofSeconds(20), 1, Duration.ZERO);
        long start = System.nanoTime();

        try (Download download =
                download(new ScriptedSource(content, ScriptedSource::well), slow, new Cancellation())) {
            download.fetch(release, here -> {});
        }

        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isGreaterThan(400);
    }

    private void fetch(ScriptedSource source) throws Stopped {
        fetch(source, LIMITS);
    }

    private void fetch(ScriptedSource source, DownloadLimits limits) throws Stopped {
        try (Download download = download(source, limits, new Cancellation())) {
            download.fetch(release, here -> {});
        }
    }

    private void cancelled(
            ScriptedSource source, DownloadLimits limits, Cancellation cancellation, Download.Arrival arrival) {
        try (Download download = download(source, limits, cancellation)) {
            assertThatThrownBy(() -> download.fetch(release, arrival))
                    .isInstanceOfSatisfying(
                            Stopped.class,
                            stopped -> assertThat(stopped.cancelled()).isTrue());
        }
    }

    private Reason refused(ScriptedSource source) {
        return refused(source, LIMITS);
    }

    private Reason refused(ScriptedSource source, DownloadLimits limits) {
        List<Reason> reasons = new ArrayList<>();
        try (Download download = download(source, limits, new Cancellation())) {
            assertThatThrownBy(() -> download.fetch(release, here -> {}))
                    .isInstanceOfSatisfying(Stopped.class, stopped -> reasons.add(stopped.reason()));
        }
        return reasons.get(0);
    }

    private Download download(ScriptedSource source, DownloadLimits limits, Cancellation cancellation) {
        return new Download(Supply.remote(source), incoming, limits, cancellation);
    }

    // A byte now and then: it is never silent and never gets anywhere.
    private static SourceFile dripping(byte[] content, long offset) {
        CountDownLatch closed = new CountDownLatch(1);
        return new SourceFile(offset, new InputStream() {
            private int at = (int) offset;

            @Override
            public int read() throws IOException {
                try {
                    if (closed.await(5, TimeUnit.MILLISECONDS)) {
                        throw new IOException("closed");
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return at < content.length ? content[at++] & 0xff : -1;
            }

            @Override
            public int read(byte[] buffer, int from, int most) throws IOException {
                return super.read(buffer, from, 1);
            }

            @Override
            public void close() {
                closed.countDown();
            }
        });
    }

    private static Release release(byte[] content) {
        return new Release(
                Release.pathOf(Kind.BUNDLE, "app", "1.0.0"),
                "app",
                "1.0.0",
                1,
                0,
                0,
                Swap.OVERLAP,
                Kind.BUNDLE,
                content.length,
                Sha256.hex(content),
                List.of());
    }
}
