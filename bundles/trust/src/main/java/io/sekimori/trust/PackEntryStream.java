package io.sekimori.trust;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/** Gives one entry of a pack; damage is a refusal with a code, unlike a stick that was pulled. Confined to one thread. */
final class PackEntryStream extends FilterInputStream {

    private final String name;

    PackEntryStream(InputStream raw, String name) {
        super(raw);
        this.name = name;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int size) throws IOException {
        try {
            return super.read(buffer, offset, size);
        } catch (ZipException | EOFException e) {
            throw damaged(name, e);
        }
    }

    static TrustException damaged(String what, IOException cause) {
        return new TrustException(TrustCode.PACK_MALFORMED, what + " is damaged: " + cause.getMessage(), cause);
    }
}
