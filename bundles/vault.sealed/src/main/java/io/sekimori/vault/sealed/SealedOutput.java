package io.sekimori.vault.sealed;

import io.sekimori.vault.VaultCode;
import io.sekimori.vault.VaultException;
import io.sekimori.vault.VaultOutput;
import io.sekimori.vault.VaultStreamException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes a sealed file; one chunk is held back, since the last one is sealed as such. Confined to one thread. */
final class SealedOutput extends VaultOutput {

    private final Part part;
    private final Chunks chunks;
    private final OpenStreams streams;
    private final long mostBytes;
    private final KeyCheck check;
    private final Commit commit;
    private final byte[] plain = new byte[Chunks.PLAIN_BYTES];
    private final byte[] sealed = new byte[Chunks.SEALED_BYTES];
    private int held;
    private long size;
    private int untilCheck = KeyCheck.EVERY_CHUNKS;
    private boolean ended;
    private @Nullable VaultException failure;

    private SealedOutput(Part part, Chunks chunks, OpenStreams streams, long mostBytes, KeyCheck check, Commit commit) {
        this.part = part;
        this.chunks = chunks;
        this.streams = streams;
        this.mostBytes = mostBytes;
        this.check = check;
        this.commit = commit;
    }

    /** Gives a finished file of that many plain bytes its name. */
    interface Commit {
        long with(long sizeBytes) throws VaultException;
    }

    /** Takes the file and its chunks over. */
    static VaultOutput begin(
            Part part, byte[] header, Chunks chunks, OpenStreams streams, long mostBytes, KeyCheck check, Commit commit)
            throws IOException {
        try {
            part.file().write(header);
        } catch (IOException e) {
            chunks.close();
            part.discard();
            throw e;
        }
        streams.writes(chunks);
        return new SealedOutput(part, chunks, streams, mostBytes, check, commit);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        requireOpen();
        try {
            if (size + length > mostBytes) {
                throw new VaultException(VaultCode.VAULT_TOO_LARGE, "more than " + mostBytes + " bytes", null);
            }
            int done = 0;
            while (done < length) {
                if (held == plain.length) {
                    seal(false);
                }
                int count = Math.min(length - done, plain.length - held);
                System.arraycopy(source, offset + done, plain, held, count);
                held += count;
                done += count;
            }
            size += length;
        } catch (VaultException e) {
            throw failed(e);
        }
    }

    @Override
    public long commit() throws IOException {
        requireOpen();
        try {
            seal(true);
            end();
            try {
                part.disk().finish(part.file());
            } catch (IOException e) {
                throw unwritable(e);
            }
            return commit.with(size);
        } catch (VaultException e) {
            end();
            part.discard();
            throw failed(e);
        }
    }

    @Override
    public void close() {
        if (!ended) {
            end();
            part.discard();
        }
    }

    private void seal(boolean last) throws VaultException {
        if (untilCheck-- == 0) {
            check.requireSame();
            untilCheck = KeyCheck.EVERY_CHUNKS - 1;
        }
        int length = chunks.seal(plain, held, last, sealed);
        try {
            part.file().write(sealed, 0, length);
        } catch (IOException e) {
            throw unwritable(e);
        }
        held = 0;
    }

    private void end() {
        ended = true;
        streams.closed(chunks);
        Arrays.fill(plain, (byte) 0);
    }

    private void requireOpen() throws IOException {
        if (failure != null) {
            throw new VaultStreamException(failure);
        }
        if (ended) {
            throw new IOException("the file is committed or closed");
        }
    }

    private VaultStreamException failed(VaultException e) {
        failure = e;
        return new VaultStreamException(e);
    }

    private static VaultException unwritable(IOException e) {
        return new VaultException(VaultCode.VAULT_UNWRITABLE, String.valueOf(e.getMessage()), e);
    }
}
