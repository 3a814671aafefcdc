package io.sekimori.records.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** Decrypts what is read, each piece only after it was proved whole. Confined to one thread. */
final class OpeningStream extends InputStream {

    /** Carries a refusal through those who know of streams alone. */
    static final class Refused extends IOException {

        private static final long serialVersionUID = 1L;

        private final transient DataException reason;

        Refused(DataException reason) {
            super(reason);
            this.reason = reason;
        }

        DataException reason() {
            return reason;
        }
    }

    private final PushbackInputStream in;
    private final Seal seal;
    private byte[] piece = new byte[0];
    private int at;
    private boolean last;

    OpeningStream(InputStream in, char[] passphrase) throws IOException, DataException {
        this.in = new PushbackInputStream(in, 1);
        this.seal = Seal.of(this.in.readNBytes(Seal.HEADER_BYTES), passphrase);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (at == piece.length) {
            if (last) {
                return -1;
            }
            next();
        }
        int given = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, target, offset, given);
        at += given;
        return given;
    }

    private void next() throws IOException {
        byte[] sealed = in.readNBytes(Seal.PIECE_BYTES + Seal.TAG_BYTES);
        int behind = in.read();
        last = behind < 0;
        if (!last) {
            in.unread(behind);
        }
        try {
            piece = seal.open(sealed, last);
            at = 0;
        } catch (DataException e) {
            throw new Refused(e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
