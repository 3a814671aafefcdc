package io.sekimori.status.signed;

import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.keys.Protection;
import io.sekimori.keys.PublicKeyFacts;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A device key in memory, or none. */
final class FakeKeys implements Keys {

    private final Optional<KeyPair> device;

    FakeKeys(boolean exists) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        device = exists ? Optional.of(generator.generateKeyPair()) : Optional.empty();
    }

    @Override
    public List<String> names() {
        return List.of(DEVICE);
    }

    @Override
    public Optional<PublicKeyFacts> publicKey(String name) {
        return device.map(pair -> new PublicKeyFacts(name, KeyAlgorithm.EC_P256, pair.getPublic()));
    }

    @Override
    public byte[] sign(String name, byte[] message) throws KeyException {
        try {
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(device.orElseThrow().getPrivate());
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new KeyException(KeyCode.KEY_FILE_MALFORMED, "test", e);
        }
    }

    @Override
    public SSLContext tls(String name, List<X509Certificate> chain, List<X509Certificate> anchors) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SSLContext server(String name, List<X509Certificate> chain, List<X509Certificate> anchors) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PublicKeyFacts create(String name, KeyAlgorithm algorithm, String actor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void destroy(String name, String actor, String reason) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Protection protection() {
        return new Protection(Protection.Kind.FILE, "test");
    }
}
