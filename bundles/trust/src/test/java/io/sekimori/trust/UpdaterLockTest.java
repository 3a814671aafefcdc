package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertAccepted;
import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** What other processes see: how many POSIX locks there are on the file, by proc_locks(5). */
    private long locks() throws Exception {
        String inode = ":" + Files.getAttribute(directory.resolve("updater.lock"), "unix:ino") + " ";
        try (Stream<String> lines = Files.lines(Path.of("/proc/locks"))) {
            return lines.filter(line -> line.contains("POSIX") && line.contains(inode))
                    .count();
        }
    }
}
