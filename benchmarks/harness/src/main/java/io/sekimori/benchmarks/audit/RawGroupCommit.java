package io.sekimori.benchmarks.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The limit of shared confirmations: bytes go to a file together and one fdatasync answers for all who wait. Nothing
 * is chained, hashed, numbered or bounded. Thread-safe.
 */
final class RawGroupCommit implements AutoCloseable {

    private static final int MAX_BATCH_BYTES = 1 << 20;

    private final FileChannel file;
    private final ReentrantLock writing = new ReentrantLock();
    private ByteBuffer waiting = ByteBuffer.allocateDirect(MAX_BATCH_BYTES);
    private ByteBuffer spare = ByteBuffer.allocateDirect(MAX_BATCH_BYTES);
    private long accepted;
    private volatile long durable;

    RawGroupCommit(Path file) throws IOException {
        this.file = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Returns when the bytes are on the disk. */
    void append(byte[] bytes) throws IOException {
        long mine = accept(bytes);
        while (durable < mine) {
            writing.lock();
            try {
                if (durable < mine) {
                    writeWaiting();
                }
            } finally {
                writing.unlock();
            }
        }
    }

    private synchronized long accept(byte[] bytes) {
        waiting.put(bytes);
        return ++accepted;
    }

    private void writeWaiting() throws IOException {
        ByteBuffer batch;
        long last;
        synchronized (this) {
            batch = waiting;
            waiting = spare;
            last = accepted;
        }
        batch.flip();
        while (batch.hasRemaining()) {
            file.write(batch);
        }
        file.force(false);
        batch.clear();
        spare = batch;
        durable = last;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
