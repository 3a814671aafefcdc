package io.sekimori.trust;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Gives a target's bytes while it counts and hashes them: TUF 5.7.3. Never gives more than the signed length, and
 * gives the end only if length and hash are as signed. Confined to one thread.
 */
public final class VerifiedStream extends FilterInputStream {

    private final String name;
    private final long length;
    private final String sha256;
    private final MessageDigest digest = Sha256.digest();
    private long count;

    /**
     * Over bytes that are not believed yet.
     *
     * @param name what refusals call it
     */
    public VerifiedStream(InputStream raw, String name, long length, String sha256) {
        super(raw);
        this.name = name;
        this.length = length;
        this.sha256 = sha256;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int size) throws IOException {
        if (size == 0) {
            return 0;
        }
        // One byte more than is left tells a longer file from one that ends where it should.
        long left = length - count;
        int n = left == 0 ? probe() : super.read(buffer, offset, (int) Math.min(size, left));
        if (n < 0) {
            finish();
            return -1;
        }
        digest.update(buffer, offset, n);
        count += n;
        return n;
    }

    @Override
    public long skip(long n) {
        return 0; // what is skipped would not be hashed; callers must read
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private int probe() throws IOException {
        if (in.read() >= 0) {
            throw new TrustException(TrustCode.TARGET_LENGTH, name + " is longer than the signed " + length + " bytes");
        }
        return -1;
    }

    private void finish() throws TrustException {
        if (count != length) {
            throw new TrustException(
                    TrustCode.TARGET_LENGTH, name + " has " + count + " bytes instead of the signed " + length);
        }
        MessageDigest copy = copyOf(digest);
        String actual = HexFormat.of().formatHex(copy.digest());
        if (!actual.equals(sha256)) {
            throw new TrustException(
                    TrustCode.TARGET_HASH, name + " has sha256 " + actual + " instead of the signed " + sha256);
        }
    }

    // The end can be read twice, and the digest of the whole must still be there.
    private static MessageDigest copyOf(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 can be cloned", e);
        }
    }
}
