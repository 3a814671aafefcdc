package io.sekimori.authority.ca;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;

/** Revocation lists as the Java runtime reads them. */
final class Lists {

    private Lists() {}

    static X509CRL of(byte[] list) {
        try {
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(list));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
