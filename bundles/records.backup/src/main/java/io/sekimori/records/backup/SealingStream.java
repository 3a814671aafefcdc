package io.sekimori.records.backup;

import java.io.IOException;
import java.io.OutputStream;

/** Encrypts what is written. Only {@link #finish} makes it whole: a backup that broke off is never taken for one. */
final class SealingStream extends OutputStream {

    private final OutputStream out;
    private final Seal seal;
    private final byte[] piece = new byte[Seal.PIECE_BYTES];
    private int filled;

    SealingStream(OutputStream out, Seal seal) throws IOException {
        this.out = out;
        this.seal = seal;
        out.write(seal.header());
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int left = length;
        while (left > 0) {
            if (filled == piece.length) {
                out.write(seal.close(piece, filled, false));
                filled = 0;
            }
            int taken = Math.min(left, piece.length - filled);
            System.arraycopy(bytes, at, piece, filled, taken);
            filled += taken;
            at += taken;
            left -= taken;
        }
    }

    /** Writes the last piece. */
    void finish() throws IOException {
        out.write(seal.close(piece, filled, true));
        out.flush();
    }
}
