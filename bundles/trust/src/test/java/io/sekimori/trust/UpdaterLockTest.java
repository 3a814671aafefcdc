package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertAccepted;
import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdaterLockTest {

    @TempDir
    Path directory;

    @Test
    void oneUpdaterWorksAtATime() throws Exception {
        World world = World.ready(directory);

        UpdaterLock other = UpdaterLock.acquire(world.state());
        assertRefused(world.verdict(NOW), TrustCode.UPDATER_BUSY);

        other.close();
        assertAccepted(world.verdict(NOW));
    }

    @Test
    void whoIsRefusedInThisProcessLeavesTheOthersLockInTheKernel() throws Exception {
        UpdaterLock held = UpdaterLock.acquire(directory);
        assertThatThrownBy(() -> UpdaterLock.acquire(directory)).isInstanceOf(TrustException.class);

        assertThat(locks()).isOne();

        held.close();
        assertThat(locks()).isZero();
    }

    @Test
    void anotherPathToTheSameFolderIsTheSameFolder() throws Exception {
        Path state = Files.createDirectory(directory.resolve("state"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), state);

        UpdaterLock held = UpdaterLock.acquire(state);
        assertThatThrownBy(() -> UpdaterLock.acquire(link)).isInstanceOf(TrustException.class);
        held.close();
        UpdaterLock.acquire(link).close();
    }

    @Test
    void whereTheFileCannotBeOpenedNobodyHasTheLock() throws Exception {
        Path file = Files.createDirectory(directory.resolve("updater.lock"));
        assertThatThrownBy(() -> UpdaterLock.acquire(directory)).isInstanceOf(FileSystemException.class);

        Files.delete(file);
        UpdaterLock.acquire(directory).close();
    }

    @Test
    void aVersionThatKnowsNoMarkKeepsItToo() throws Exception {
        try (FileChannel channel = FileChannel.open(
                directory.resolve("updater.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            TrustException refused = catchThrowableOfType(TrustException.class, () -> UpdaterLock.acquire(directory));
            assertThat(refused.refusal().code()).isEqualTo(TrustCode.UPDATER_BUSY);
        }
        UpdaterLock.acquire(directory).close();
    }

    @Test
    void whoClosesTwiceLeavesTheNextOneItsLock() throws Exception {
        UpdaterLock first = UpdaterLock.acquire(directory);
        first.close();
        UpdaterLock second = UpdaterLock.acquire(directory);
        first.close();

        assertThatThrownBy(() -> UpdaterLock.acquire(directory)).isInstanceOf(TrustException.class);
        assertThat(locks()).isOne();
        second.close();
    }

    /** What other processes see: how many POSIX locks this one has on the file, by proc_locks(5). */
    private long locks() throws Exception {
        String inode = " " + ProcessHandle.current().pid() + " [0-9a-f:]+:"
                + Files.getAttribute(directory.resolve("updater.lock"), "unix:ino") + " ";
        Pattern ours = Pattern.compile("POSIX .*" + inode);
        try (Stream<String> lines = Files.lines(Path.of("/proc/locks"))) {
            return lines.filter(line -> ours.matcher(line).find()).count();
        }
    }
}
