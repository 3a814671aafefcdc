package io.sekimori.launcher.main;

import io.sekimori.generation.Unit;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** One launcher for a unit. The system lets go of the lock when the process ends, however it ends. */
record UnitLock(FileChannel channel, FileLock lock) implements AutoCloseable {

    /** Empty if another launcher has it. */
    static Optional<UnitLock> take(Unit unit) throws IOException {
        Files.createDirectories(unit.run());
        FileChannel channel = FileChannel.open(unit.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new UnitLock(channel, lock));
            }
        } catch (OverlappingFileLockException e) {
            // Held within this process: by a test, or by somebody who starts two units in one.
        }
        channel.close();
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
