package io.sekimori.trust;

import java.io.IOException;
import java.security.SecureRandom;

/** A key in memory. */
final class TestKey implements Signer {

    private final SigningKey key;

    TestKey() {
        this(KeyType.ED25519);
    }

    TestKey(KeyType type) {
        key = SigningKey.generate(type, new SecureRandom());
    }

    @Override
    public TufKey publicKey() {
        return key.publicKey();
    }

    @Override
    public byte[] sign(byte[] message) throws IOException {
        return key.sign(message);
    }
}
