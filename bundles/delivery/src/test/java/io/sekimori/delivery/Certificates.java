package io.sekimori.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;

/** A certificate where any will do. */
final class Certificates {

    private Certificates() {}

    static X509Certificate any(Path store) {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, "password".toCharArray());
            return (X509Certificate) keys.getCertificate("server");
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
