package io.sekimori.benchmarks.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The limit of shared confirmations: bytes go to a file together and one fdatasync answers for all who wait. Nothing
 * is chained, hashed, numbered or bounded. Thread-safe.
 */
final class RawGroupCommit implements AutoCloseable {

    private static final int MAX_BATCH_BYTES = 1 << 20;

    private final FileChannel file;
    private ByteBuffer waiting = ByteBuffer.allocateDirect(MAX_BATCH_BYTES);
    private ByteBuffer spare = ByteBuffer.allocateDirect(MAX_BATCH_BYTES);
    private long accepted;
    private long durable;
    private boolean writing;

    RawGroupCommit(Path file) throws IOException {
        this.file = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Returns when the bytes are on the disk. */
    void append(byte[] bytes) throws IOException {
        long last;
        ByteBuffer batch;
        synchronized (this) {
            waiting.put(bytes);
            long mine = ++accepted;
            while (writing && durable < mine) {
                await();
            }
            if (durable >= mine) {
                return;
            }
            writing = true;
            last = accepted;
            batch = waiting;
            waiting = spare;
        }
        try {
            write(batch);
        } finally {
            finished(batch, last);
        }
    }

    private synchronized void await() throws IOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void write(ByteBuffer batch) throws IOException {
        batch.flip();
        while (batch.hasRemaining()) {
            file.write(batch);
        }
        file.force(false);
    }

    private synchronized void finished(ByteBuffer batch, long last) {
        batch.clear();
        spare = batch;
        durable = last;
        writing = false;
        notifyAll();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
