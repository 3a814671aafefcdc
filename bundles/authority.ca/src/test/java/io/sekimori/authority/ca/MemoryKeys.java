package io.sekimori.authority.ca;

import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.keys.Protection;
import io.sekimori.keys.PublicKeyFacts;
import io.sekimori.keys.kit.MemoryTls;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/** Keys that end with the test; remembers the chain that each TLS context was asked for. */
final class MemoryKeys implements Keys {

    final Map<String, KeyPair> pairs = new ConcurrentHashMap<>();
    final Map<String, List<X509Certificate>> chains = new ConcurrentHashMap<>();

    static KeyPair pair(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] sign(KeyPair pair, byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    SigningKey signing(String name) {
        KeyPair pair = pairs.computeIfAbsent(name, key -> pair("secp256r1"));
        return new SigningKey(pair.getPublic(), message -> sign(pair, message));
    }

    @Override
    public List<String> names() {
        return List.copyOf(pairs.keySet());
    }

    @Override
    public Optional<PublicKeyFacts> publicKey(String name) {
        return Optional.ofNullable(pairs.get(name))
                .map(pair -> new PublicKeyFacts(name, KeyAlgorithm.EC_P256, pair.getPublic()));
    }

    @Override
    public byte[] sign(String name, byte[] message) throws KeyException {
        KeyPair pair = pairs.get(name);
        if (pair == null) {
            throw new KeyException(KeyCode.KEY_UNKNOWN, "by test", null);
        }
        return sign(pair, message);
    }

    @Override
    public SSLContext tls(String name, List<X509Certificate> chain, List<X509Certificate> anchors) throws KeyException {
        KeyPair pair = pairs.get(name);
        if (pair == null) {
            throw new KeyException(KeyCode.KEY_UNKNOWN, "by test", null);
        }
        chains.put(name, chain);
        return tls(pair, chain, anchors);
    }

    /** For either side; trusts whoever leads to an anchor. */
    static SSLContext tls(KeyPair pair, List<X509Certificate> chain, List<X509Certificate> anchors) {
        try {
            return MemoryTls.of(pair.getPrivate(), chain, anchors);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public SSLContext server(String name, List<X509Certificate> chain, List<X509Certificate> anchors)
            throws KeyException {
        return tls(name, chain, anchors);
    }

    @Override
    public PublicKeyFacts create(String name, KeyAlgorithm algorithm, String actor) throws KeyException {
        pairs.putIfAbsent(name, pair("secp256r1"));
        return publicKey(name).orElseThrow();
    }

    @Override
    public void destroy(String name, String actor, String reason) throws KeyException {
        pairs.remove(name);
    }

    @Override
    public Protection protection() {
        return new Protection(Protection.Kind.FILE, "by test");
    }
}
