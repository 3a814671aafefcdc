package io.sekimori.trust;

import java.io.IOException;

/** Signs with one private key and never hands it out: a key file, a token, a hardware module. */
public interface Signer {

    /** The public half. */
    TufKey publicKey();

    /**
     * The signature of {@code message} in the scheme of {@link #publicKey()}.
     *
     * @throws IOException if the key cannot be used now
     */
    byte[] sign(byte[] message) throws IOException;
}
