package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a zip file, as APPNOTE 4.3.16 lays it out, one member wrong at a time. */
class ZipBoundsTest {

    private static final int MAX_DIRECTORY = 2 << 20;

    @TempDir
    Path directory;

    @Test
    void anEmptyZipIsWithinBounds() {
        assertThatCode(() -> check(0, new End(0x06054b50, 0, 0, 0, 0, 0, 0))).doesNotThrowAnyException();
    }

    @Test
    void theLargestDirectoryIsWithinBounds() {
        End end = new End(0x06054b50, 0, 0, ZipBounds.MAX_ENTRIES, ZipBounds.MAX_ENTRIES, MAX_DIRECTORY, 100);

        assertThatCode(() -> check(MAX_DIRECTORY + 100, end)).doesNotThrowAnyException();
    }

    @Test
    void anotherSignatureIsRefused() {
        refuses(0, new End(0x06054b51, 0, 0, 0, 0, 0, 0), TrustCode.PACK_MALFORMED);
    }

    @Test
    void nobodyWaitsForAPipe() throws Exception {
        Path pipe = directory.resolve("pipe");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();

        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertRefused(() -> ZipBounds.check(pipe), TrustCode.PACK_MALFORMED));
    }

    @Test
    void moreThanOneDiskIsRefused() {
        refuses(0, new End(0x06054b50, 1, 0, 0, 0, 0, 0), TrustCode.PACK_MALFORMED);
        refuses(0, new End(0x06054b50, 0, 1, 0, 0, 0, 0), TrustCode.PACK_MALFORMED);
    }

    @Test
    void entriesOnOtherDisksAreRefused() {
        refuses(0, new End(0x06054b50, 0, 0, 1, 2, 0, 0), TrustCode.PACK_MALFORMED);
    }

    @Test
    void moreEntriesThanAllowedAreRefused() {
        int entries = ZipBounds.MAX_ENTRIES + 1;

        refuses(0, new End(0x06054b50, 0, 0, entries, entries, 0, 0), TrustCode.PACK_TOO_MANY_ENTRIES);
        refuses(0, new End(0x06054b50, 0, 0, 0xffff, 0xffff, 0, 0), TrustCode.PACK_TOO_MANY_ENTRIES);
    }

    @Test
    void aDirectoryThatWouldFillTheMemoryIsRefused() {
        refuses(MAX_DIRECTORY + 1, new End(0x06054b50, 0, 0, 1, 1, MAX_DIRECTORY + 1, 0), TrustCode.PACK_MALFORMED);
    }

    @Test
    void aDirectoryThatDoesNotEndWhereItShouldIsRefused() {
        refuses(100, new End(0x06054b50, 0, 0, 1, 1, 50, 49), TrustCode.PACK_MALFORMED);
        refuses(100, new End(0x06054b50, 0, 0, 1, 1, 51, 50), TrustCode.PACK_MALFORMED);
        refuses(100, new End(0x06054b50, 0, 0, 1, 1, 50, -1), TrustCode.PACK_MALFORMED);
    }

    /** Java passes over an end whose comment does not reach the end of the file, and goes by an earlier one. */
    @Test
    void anotherDirectoryBehindThatOneIsNotReachedByAComment() throws IOException {
        int entries = ZipBounds.MAX_ENTRIES + 1;
        Path file = directory.resolve("two-ends");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < entries; i++) {
                zip.putNextEntry(new ZipEntry("targets/" + i));
            }
        }
        byte[] all = Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) + 22);
        int second = all.length - 22;
        ByteBuffer.wrap(all)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(second - 2, (short) 22) // all that follows is the first one's comment
                .putInt(second, 0x06054b50)
                .putInt(second + 16, second)
                .putShort(second + 20, (short) 1);
        Files.write(file, all);
        try (ZipFile java = new ZipFile(file.toFile())) {
            assertThat(java.size()).isEqualTo(entries);
        }

        assertRefused(() -> Pack.open(file), TrustCode.PACK_MALFORMED);
    }

    @Test
    void aFileShorterThanTheEndOfAZipIsRefused() throws IOException {
        Path file = Files.write(directory.resolve("short"), new byte[21]);

        assertRefused(() -> ZipBounds.check(file), TrustCode.PACK_MALFORMED);
    }

    @Test
    void theLargestFileIsWithinBoundsAndNothingLonger() throws IOException {
        assertThatCode(() -> ZipBounds.check(sparse(ZipBounds.MAX_FILE_BYTES))).doesNotThrowAnyException();

        assertRefused(() -> ZipBounds.check(sparse(ZipBounds.MAX_FILE_BYTES + 1)), TrustCode.PACK_MALFORMED);
    }

    /** A file of that length, most of which is a hole, with a directory of nothing at its end. */
    private Path sparse(long length) throws IOException {
        Path path = directory.resolve("sparse");
        ByteBuffer end = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN);
        end.putInt(0, 0x06054b50).putInt(16, (int) (length - 22));
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(end, length - 22);
        }
        return path;
    }

    private record End(int signature, int disk, int startDisk, int here, int all, int bytes, int start) {}

    private void refuses(int before, End end, TrustCode code) {
        assertRefused(() -> check(before, end), code);
    }

    private void check(int before, End end) throws IOException {
        ByteBuffer zip = ByteBuffer.allocate(before + 22).order(ByteOrder.LITTLE_ENDIAN);
        zip.position(before);
        zip.putInt(end.signature).putShort((short) end.disk).putShort((short) end.startDisk);
        zip.putShort((short) end.here)
                .putShort((short) end.all)
                .putInt(end.bytes)
                .putInt(end.start);
        ZipBounds.check(Files.write(directory.resolve("zip"), zip.array()));
    }
}
