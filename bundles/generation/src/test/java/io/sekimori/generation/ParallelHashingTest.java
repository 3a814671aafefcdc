package io.sekimori.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.trust.Sha256;
import io.sekimori.trust.TrustException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelHashingTest {

    private static final int MEGABYTES = 1 << 20;

    @TempDir
    private Path folder;

    /** Of the bytes that are claimed; what is there is a shorter file. */
    private ExpectedFile claimed(String name, long length) throws IOException {
        Path file = Files.writeString(folder.resolve(name), name);
        return new ExpectedFile(
                file, name, length, "a".repeat(64), GenerationCode.FILE_MISSING, GenerationCode.FILE_DIFFERS);
    }

    private ExpectedFile right(String name) throws IOException {
        Path file = Files.writeString(folder.resolve(name), name);
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return new ExpectedFile(
                file, name, bytes.length, Sha256.hex(bytes), GenerationCode.FILE_MISSING, GenerationCode.FILE_DIFFERS);
    }

    @Test
    void whatHoldsIsCounted() throws Exception {
        try (ParallelHashing hashing = new ParallelHashing()) {
            hashing.begin(List.of(right("one"), right("three")));
            hashing.begin(List.of(right("seven")));
            hashing.requireAll();

            assertThat(hashing.files()).isEqualTo(3);
            assertThat(hashing.bytes()).isEqualTo(13);
        }
    }

    @Test
    void oneThatDiffersAmongManyIsRefused() throws Exception {
        try (ParallelHashing hashing = new ParallelHashing()) {
            hashing.begin(List.of(right("one"), claimed("two", 4), right("three")));

            assertThatThrownBy(hashing::requireAll)
                    .isInstanceOfSatisfying(
                            TrustException.class,
                            e -> assertThat(e.refusal().code()).isEqualTo(GenerationCode.FILE_DIFFERS));
        }
    }

    /** A small generation takes one thread beside the one that verifies signatures; a large one those of the machine, at most four. */
    @Test
    void moreBytesTakeMoreThreads() throws Exception {
        assertThat(threads(3, 5)).isEqualTo(1);
        assertThat(threads(8, 2)).isEqualTo(atMost(2));
        assertThat(threads(8, 4)).isEqualTo(atMost(3));
        assertThat(threads(20, 6)).isEqualTo(atMost(4));
    }

    private static int atMost(int threads) {
        return Math.min(threads, Runtime.getRuntime().availableProcessors());
    }

    private int threads(int megabytes, int files) throws IOException {
        Set<Thread> before = ours();
        try (ParallelHashing hashing = new ParallelHashing()) {
            List<ExpectedFile> claimed = new ArrayList<>();
            for (int i = 0; i < files; i++) {
                claimed.add(claimed("file-" + i, (long) megabytes * MEGABYTES));
            }
            hashing.begin(claimed);
            Set<Thread> now = ours();
            now.removeAll(before);
            // What hangs on a disk must not keep a process that gave up from ending.
            assertThat(now).allMatch(Thread::isDaemon);
            return now.size();
        }
    }

    private static Set<Thread> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("sekimori-verify-"))
                .collect(Collectors.toSet());
    }

    @Test
    void whoeverIsInterruptedVerifiesNothingAndStaysInterrupted() throws Exception {
        try (ParallelHashing hashing = new ParallelHashing()) {
            hashing.begin(List.of(right("one")));
            Thread.currentThread().interrupt();

            assertThatThrownBy(hashing::requireAll)
                    .isInstanceOfSatisfying(
                            TrustException.class,
                            e -> assertThat(e.refusal().code()).isEqualTo(GenerationCode.FILE_UNREADABLE));
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
