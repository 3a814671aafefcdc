package io.sekimori.vault.sealed;

import io.sekimori.vault.VaultException;
import io.sekimori.vault.VaultStreamException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a sealed file: gives out only what is verified, and an end only where the writer made one. Confined to one thread. */
final class SealedInput extends InputStream {

    private final FileInputStream file;
    private final Chunks chunks;
    private final OpenStreams streams;
    private final KeyCheck check;
    private final byte[] sealed = new byte[Chunks.SEALED_BYTES];
    private final byte[] plain = new byte[Chunks.PLAIN_BYTES];
    private long sealedLeft;
    private long plainLeft;
    private int from;
    private int to;
    private int untilCheck;
    private boolean ended;
    private boolean closed;
    private @Nullable VaultException failure;

    private SealedInput(FileInputStream file, Chunks chunks, long sizeBytes, OpenStreams streams, KeyCheck check)
            throws IOException {
        this.file = file;
        this.chunks = chunks;
        this.streams = streams;
        this.check = check;
        this.sealedLeft = file.getChannel().size() - Chunks.HEADER_BYTES;
        this.plainLeft = sizeBytes;
    }

    interface Opening {
        Chunks with(byte[] header) throws VaultException;
    }

    /** Takes the file over. */
    static InputStream open(FileInputStream file, Opening opening, long sizeBytes, OpenStreams streams, KeyCheck check)
            throws VaultException {
        boolean begun = false;
        try {
            Chunks chunks = opening.with(file.readNBytes(Chunks.HEADER_BYTES));
            InputStream input = new SealedInput(file, chunks, sizeBytes, streams, check);
            streams.reads(chunks);
            begun = true;
            return input;
        } catch (IOException e) {
            throw OwnerKey.unreadable(e);
        } finally {
            if (!begun) {
                close(file);
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (closed) {
            throw new IOException("the file is closed");
        }
        if (length == 0) {
            return 0;
        }
        if (from == to && !next()) {
            return -1;
        }
        int count = Math.min(length, to - from);
        System.arraycopy(plain, from, target, offset, count);
        from += count;
        return count;
    }

    @Override
    public int available() {
        return to - from;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            streams.closed(chunks);
            Arrays.fill(plain, (byte) 0);
            close(file);
        }
    }

    private boolean next() throws IOException {
        if (failure != null) {
            throw new VaultStreamException(failure);
        }
        if (ended) {
            return false;
        }
        try {
            if (untilCheck-- == 0) {
                check.requireSame();
                untilCheck = KeyCheck.EVERY_CHUNKS - 1;
            }
            int length = file.readNBytes(sealed, 0, (int) Math.min(Math.max(sealedLeft, 0), sealed.length));
            boolean last = sealedLeft <= sealed.length;
            sealedLeft -= length;
            to = chunks.open(sealed, length, last, plain);
            from = 0;
            plainLeft -= to;
            if (last && plainLeft != 0) {
                throw Chunks.damaged("not as long as it was");
            }
            ended = last;
            return to > 0;
        } catch (VaultException e) {
            throw failed(e);
        } catch (IOException e) {
            throw failed(OwnerKey.unreadable(e));
        }
    }

    private VaultStreamException failed(VaultException e) {
        failure = e;
        from = 0;
        to = 0;
        Arrays.fill(plain, (byte) 0);
        return new VaultStreamException(e);
    }

    private static void close(FileInputStream file) {
        try {
            file.close();
        } catch (IOException e) {
            // It was only read, and all that was given out is verified.
            return;
        }
    }
}
