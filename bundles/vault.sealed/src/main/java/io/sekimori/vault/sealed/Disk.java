package io.sekimori.vault.sealed;

import io.sekimori.durable.DurableFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Everything that the vault changes on the disk, step by step. Thread-safe. */
interface Disk {

    /** The gateway's disk. */
    Disk DURABLE = new Disk() {

        @Override
        public void replace(Path file, byte[] content) throws IOException {
            DurableFile.makeDirectory(file.toAbsolutePath().getParent());
            DurableFile.replace(file, content);
        }

        @Override
        public RandomAccessFile begin(Path file) throws IOException {
            DurableFile.makeFile(file);
            return new RandomAccessFile(file.toFile(), "rw");
        }

        @Override
        public void finish(RandomAccessFile file) throws IOException {
            file.getFD().sync();
            file.close();
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            DurableFile.syncDirectory(to.toAbsolutePath().getParent());
        }

        @Override
        public void overwrite(Path path) throws IOException {
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                file.write(new byte[Math.toIntExact(Math.min(file.length(), 1 << 16))]);
                file.getFD().sync();
            }
        }

        @Override
        public void delete(Path file) throws IOException {
            Files.deleteIfExists(file);
        }

        @Override
        public void sync(Path folder) throws IOException {
            DurableFile.syncDirectory(folder);
        }
    };

    /** Makes a file hold this, as a whole, durably; makes its folder. */
    void replace(Path file, byte[] content) throws IOException;

    /** Makes a file to be written piece by piece. */
    RandomAccessFile begin(Path file) throws IOException;

    /** Makes what was written durable, and closes. */
    void finish(RandomAccessFile file) throws IOException;

    /** Gives a file another name, durably; one of that name goes. */
    void rename(Path from, Path to) throws IOException;

    /** Overwrites a small file with zeros, durably. */
    void overwrite(Path file) throws IOException;

    /** Deletes a file if it is there; durable after {@link #sync}. */
    void delete(Path file) throws IOException;

    /** Makes deletions in a folder durable. */
    void sync(Path folder) throws IOException;
}
