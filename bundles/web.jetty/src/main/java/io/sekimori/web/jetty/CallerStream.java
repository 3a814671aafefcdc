package io.sekimori.web.jetty;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** What goes to a caller, who may stop listening: that is told apart from an answer that could not be given. Confined to a thread. */
final class CallerStream extends FilterOutputStream {

    /** The caller has gone. */
    static final class Gone extends IOException {

        private static final long serialVersionUID = 1L;

        Gone(IOException cause) {
            super("the caller has gone", cause);
        }
    }

    CallerStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw new Gone(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw new Gone(e);
        }
    }
}
