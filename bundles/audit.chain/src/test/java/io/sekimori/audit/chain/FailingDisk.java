package io.sekimori.audit.chain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A real disk that, while full, takes only the beginning of a write; it may refuse to truncate as well. */
final class FailingDisk implements Disk {

    private final Disk real = new SynchronousDisk();
    volatile int room = Integer.MAX_VALUE;
    volatile boolean truncates = true;

    @Override
    public Appendable open(Path file) throws IOException {
        Appendable opened = real.open(file);
        return new Appendable() {

            @Override
            public void append(byte[] bytes) throws IOException {
                if (bytes.length > room) {
                    opened.append(Arrays.copyOf(bytes, room));
                    throw new IOException("No space left on device");
                }
                opened.append(bytes);
            }

            @Override
            public void truncate(long length) throws IOException {
                if (!truncates) {
                    throw new IOException("Input/output error");
                }
                opened.truncate(length);
            }

            @Override
            public void close() throws IOException {
                opened.close();
            }
        };
    }
}
