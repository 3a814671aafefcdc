package io.sekimori.authority.ca;

import io.sekimori.keys.KeyException;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.RuntimeOperatorException;

/** Signs what BouncyCastle builds, with a key that stays where it is. Confined to one signature. */
final class KeySigner implements ContentSigner {

    private final SigningKey key;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    KeySigner(SigningKey key) {
        this.key = key;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    }

    @Override
    public OutputStream getOutputStream() {
        return message;
    }

    @Override
    public byte[] getSignature() {
        try {
            return key.signer().sign(message.toByteArray());
        } catch (KeyException e) {
            throw new RuntimeOperatorException(e.getMessage(), e);
        }
    }
}
