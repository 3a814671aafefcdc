package io.sekimori.update.engine.lab;

import io.sekimori.update.SourceFile;
import io.sekimori.update.UpdateSource;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** A source whose files behave as a test says, one opening after the other; the last behaviour stays. */
public final class ScriptedSource implements UpdateSource {

    /** What one opening gives. */
    @FunctionalInterface
    public interface Opening {
        SourceFile open(byte[] content, long offset) throws IOException;
    }

    private final byte[] content;
    private final List<Opening> openings;
    private final List<Long> offsets = new ArrayList<>();
    private final Set<InputStream> open = ConcurrentHashMap.newKeySet();

    public ScriptedSource(byte[] content, Opening... openings) {
        this.content = content.clone();
        this.openings = List.of(openings);
    }

    /** As it should be. */
    public static SourceFile well(byte[] content, long offset) {
        return new SourceFile(offset, new ByteArrayInputStream(content, (int) offset, content.length - (int) offset));
    }

    /** Breaks after so many bytes. */
    public static Opening breakingAfter(int count) {
        return (content, offset) -> new SourceFile(offset, new InputStream() {
            private int at = (int) offset;

            @Override
            public int read() throws IOException {
                if (at >= offset + count) {
                    throw new IOException("connection reset");
                }
                return at < content.length ? content[at++] & 0xff : -1;
            }
        });
    }

    /** Ends early, as if that were all. */
    public static Opening endingAfter(int count) {
        return (content, offset) -> new SourceFile(offset, new ByteArrayInputStream(content, (int) offset, count));
    }

    /** Never gives a byte and never ends, until it is closed. */
    public static SourceFile silent(byte[] content, long offset) {
        CountDownLatch closed = new CountDownLatch(1);
        return new SourceFile(offset, new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IOException("closed");
            }

            @Override
            public void close() {
                closed.countDown();
            }
        });
    }

    /** Gives zeros for ever. */
    public static SourceFile endless(byte[] content, long offset) {
        return new SourceFile(offset, new InputStream() {
            @Override
            public int read() {
                return 0;
            }
        });
    }

    /** From which bytes on it was asked. */
    public List<Long> offsets() {
        return offsets;
    }

    /** Files that were opened and never closed. */
    public int leftOpen() {
        return open.size();
    }

    @Override
    public String name() {
        return "script";
    }

    @Override
    public Optional<byte[]> releaseMetadata(String file, int maxBytes) {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> directorMetadata(String file, int maxBytes) {
        return Optional.empty();
    }

    @Override
    public SourceFile open(String sha256, long offset) throws IOException {
        Opening opening = openings.get(Math.min(offsets.size(), openings.size() - 1));
        offsets.add(offset);
        SourceFile file = opening.open(content, offset);
        InputStream bytes = new FilterInputStream(file.bytes()) {
            @Override
            public void close() throws IOException {
                open.remove(this);
                super.close();
            }
        };
        open.add(bytes);
        return new SourceFile(file.offset(), bytes);
    }
}
