package io.sekimori.keys.file;

import io.sekimori.keys.KeyException;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Gives the Java runtime's TLS one key, read from its file for each handshake, so that none is held between handshakes
 * and one that was destroyed is used no more. Thread-safe.
 */
final class KeyFromFile extends X509ExtendedKeyManager {

    private final KeyFiles files;
    private final String name;
    private final List<X509Certificate> chain;

    KeyFromFile(KeyFiles files, String name, List<X509Certificate> chain) {
        this.files = files;
        this.name = name;
        this.chain = chain;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return chain.toArray(X509Certificate[]::new);
    }

    /** Null, and with it a handshake without a certificate, if the key is gone or must not be used. */
    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        try {
            return files.privateKey(name);
        } catch (KeyException e) {
            return null;
        }
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return chosen(keyTypes);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        return chosen(keyTypes);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return chosen(keyType);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return chosen(keyType);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal[] issuers) {
        return aliases(keyType);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal[] issuers) {
        return aliases(keyType);
    }

    private String @Nullable [] aliases(String keyType) {
        String alias = chosen(keyType);
        return alias == null ? null : new String[] {alias};
    }

    private @Nullable String chosen(String... keyTypes) {
        return List.of(keyTypes).contains(chain.get(0).getPublicKey().getAlgorithm()) ? name : null;
    }
}
