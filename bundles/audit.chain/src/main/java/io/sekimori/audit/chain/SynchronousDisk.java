package io.sekimori.audit.chain;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * The real disk: each write returns when it is durable (O_DSYNC), which costs what a write and fdatasync cost and
 * tells of each failure at the write it belongs to. Not a channel, which would be closed under an interrupted thread.
 */
final class SynchronousDisk implements Disk {

    @Override
    public Appendable open(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rwd");
        return new Appendable() {

            @Override
            public void append(byte[] bytes) throws IOException {
                file.seek(file.length());
                file.write(bytes);
            }

            @Override
            public void truncate(long length) throws IOException {
                file.setLength(length);
                file.getFD().sync();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }
}
