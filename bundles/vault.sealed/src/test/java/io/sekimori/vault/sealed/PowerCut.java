package io.sekimori.vault.sealed;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** A disk that is cut off after a number of steps; whoever comes later finds what was done until then. */
final class PowerCut implements Disk {

    private int left;

    /** @param steps how many are still done */
    PowerCut(int steps) {
        this.left = steps;
    }

    boolean happened() {
        return left < 0;
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        step();
        Disk.DURABLE.replace(file, content);
    }

    @Override
    public RandomAccessFile begin(Path file) throws IOException {
        step();
        return Disk.DURABLE.begin(file);
    }

    @Override
    public void finish(RandomAccessFile file) throws IOException {
        step();
        Disk.DURABLE.finish(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step();
        Disk.DURABLE.rename(from, to);
    }

    @Override
    public void overwrite(Path file) throws IOException {
        step();
        Disk.DURABLE.overwrite(file);
    }

    @Override
    public void delete(Path file) throws IOException {
        step();
        Disk.DURABLE.delete(file);
    }

    @Override
    public void sync(Path folder) throws IOException {
        step();
        Disk.DURABLE.sync(folder);
    }

    private synchronized void step() throws IOException {
        left = Math.max(left - 1, -1);
        if (left < 0) {
            throw new IOException("the power is gone");
        }
    }
}
