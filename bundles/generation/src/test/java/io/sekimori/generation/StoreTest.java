package io.sekimori.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.trust.RefusalCode;
import io.sekimori.trust.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {

    private static final byte[] BYTES = "a bundle".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
    private static final String DIGEST = Sha256.hex(BYTES);

    @TempDir
    private Path directory;

    private Store store;

    @BeforeEach
    void aStore() {
        store = new Store(directory.resolve("store"));
    }

    @Test
    void aFileIsStoredUnderItsDigest() throws Exception {
        assertThat(put(BYTES)).isEqualTo(new Store.Put.Stored(store.path(DIGEST), true));

        assertThat(store.path(DIGEST)).hasBinaryContent(BYTES);
        assertThat(store.digests()).containsExactly(DIGEST);
        assertThat(put(BYTES)).isEqualTo(new Store.Put.Stored(store.path(DIGEST), false));
    }

    @Test
    void otherBytesAreRefusedAndNothingIsLeft() throws Exception {
        byte[] other = BYTES.clone();
        other[5] ^= 1;

        assertThat(codeOf(put(other))).isEqualTo(GenerationCode.STORE_HASH_DIFFERS);
        assertThat(files()).isZero();
    }

    @Test
    void tooFewOrTooManyBytesAreRefused() throws Exception {
        assertThat(codeOf(put("short".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(GenerationCode.STORE_LENGTH_DIFFERS);
        assertThat(codeOf(store.put(new Endless(), DIGEST, BYTES.length)))
                .isEqualTo(GenerationCode.STORE_LENGTH_DIFFERS);
        assertThat(files()).isZero();
    }

    @Test
    void aByteTooManyIsNoticedHoweverItArrives() throws Exception {
        InputStream longer =
                new SequenceInputStream(new ByteArrayInputStream(BYTES), new ByteArrayInputStream(new byte[1]));

        assertThat(codeOf(store.put(longer, DIGEST, BYTES.length))).isEqualTo(GenerationCode.STORE_LENGTH_DIFFERS);
    }

    @Test
    void aDamagedFileIsReplaced() throws Exception {
        put(BYTES);
        Files.writeString(store.path(DIGEST), "damaged");
        assertThat(store.check(DIGEST, BYTES.length)).isInstanceOf(Store.Check.Different.class);

        assertThat(put(BYTES)).isEqualTo(new Store.Put.Stored(store.path(DIGEST), true));

        assertThat(store.check(DIGEST, BYTES.length)).isInstanceOf(Store.Check.Right.class);
    }

    @Test
    void aLinkIsReplacedByTheFileItself() throws Exception {
        Path elsewhere = Files.write(directory.resolve("elsewhere"), BYTES);
        Files.createDirectories(store.directory());
        Files.createSymbolicLink(store.path(DIGEST), elsewhere);

        assertThat(put(BYTES)).isEqualTo(new Store.Put.Stored(store.path(DIGEST), true));

        assertThat(Files.isSymbolicLink(store.path(DIGEST))).isFalse();
    }

    @Test
    void aStreamThatFailsLeavesNothing() throws Exception {
        assertThatThrownBy(() -> store.put(new Failing(), DIGEST, BYTES.length)).isInstanceOf(IOException.class);

        assertThat(store.check(DIGEST, BYTES.length)).isInstanceOf(Store.Check.Missing.class);
        assertThat(files()).isZero();
    }

    @Test
    void aFileThatIsWholeIsTakenWithoutACopyWhateverAnInterruptedTryLeft() throws Exception {
        Path complete = Files.write(directory.resolve("complete"), BYTES);
        Files.createDirectories(store.directory());
        Files.createFile(store.directory().resolve(".adopt-" + DIGEST));

        assertThat(adopt(complete)).isEqualTo(new Store.Put.Stored(store.path(DIGEST), true));
        assertThat(adopt(complete)).isEqualTo(new Store.Put.Stored(store.path(DIGEST), false));

        assertThat(Files.isSameFile(store.path(DIGEST), complete)).isTrue();
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void aFileWithOtherBytesIsNotTaken() throws Exception {
        byte[] other = BYTES.clone();
        other[5] ^= 1;

        assertThat(codeOf(adopt(Files.write(directory.resolve("other"), other))))
                .isEqualTo(GenerationCode.STORE_HASH_DIFFERS);
        assertThat(codeOf(adopt(Files.write(directory.resolve("longer"), Arrays.copyOf(BYTES, BYTES.length + 1)))))
                .isEqualTo(GenerationCode.STORE_LENGTH_DIFFERS);
        assertThat(store.path(DIGEST)).doesNotExist();
    }

    @Test
    void oneByteThatChangedIsDifferent() throws Exception {
        put(BYTES);
        byte[] other = BYTES.clone();
        other[5] ^= 1;
        Files.write(store.path(DIGEST), other);

        assertThat(store.check(DIGEST, BYTES.length)).isInstanceOf(Store.Check.Different.class);
        assertThat(store.check("0".repeat(64), BYTES.length)).isInstanceOf(Store.Check.Missing.class);
    }

    @Test
    void noMoreIsReadThanShowsThatThereIsMore() throws Exception {
        Endless endless = new Endless();

        store.put(endless, DIGEST, BYTES.length);

        assertThat(endless.read).isEqualTo(BYTES.length + 1);
    }

    @Test
    void whereNothingWasStoredThereIsNothingToSweep() throws Exception {
        store.sweep(Set.of());

        assertThat(store.digests()).isEmpty();
        assertThat(store.directory()).doesNotExist();
    }

    @Test
    void aSweepKeepsWhatIsNamed() throws Exception {
        put(BYTES);
        Files.createFile(store.directory().resolve(".put-left"));
        Files.createFile(store.directory().resolve("0".repeat(64)));

        store.sweep(Set.of(DIGEST));

        assertThat(store.digests()).containsExactly(DIGEST);
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void aNameThatIsNoDigestLeadsNowhere() {
        assertThatThrownBy(() -> store.path("../secret")).isInstanceOf(IllegalArgumentException.class);
    }

    private Store.Put put(byte[] bytes) throws IOException {
        return store.put(new ByteArrayInputStream(bytes), DIGEST, BYTES.length);
    }

    private Store.Put adopt(Path complete) throws IOException {
        return store.adopt(complete, DIGEST, BYTES.length);
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(store.directory())) {
            return files.count();
        }
    }

    private static RefusalCode codeOf(Store.Put put) {
        return ((Store.Put.Refused) put).refusal().code();
    }

    private static final class Endless extends InputStream {
        private long read;

        @Override
        public int read() {
            read++;
            return 'a';
        }
    }

    private static final class Failing extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the stick was pulled out");
        }
    }
}
