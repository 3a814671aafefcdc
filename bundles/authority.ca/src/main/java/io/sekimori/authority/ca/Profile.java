package io.sekimori.authority.ca;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/**
 * What a certificate is for, as extensions (RFC 5280 4.2).
 *
 * @param pathLength how many CAs may follow; below zero for a certificate that is no CA
 * @param use for what it may be used; empty for a CA
 * @param names DNS names and IP addresses of a server; empty for others
 */
record Profile(int pathLength, List<KeyPurposeId> use, List<String> names) {

    static final Profile ROOT = new Profile(1, List.of(), List.of());
    static final Profile ISSUING = new Profile(0, List.of(), List.of());
    static final Profile CLIENT = new Profile(-1, List.of(KeyPurposeId.id_kp_clientAuth), List.of());

    static Profile server(Collection<String> names) {
        return new Profile(-1, List.of(KeyPurposeId.id_kp_serverAuth), List.copyOf(names));
    }

    /** {@code CN=name, OU=unit}. */
    static X500Name subject(String name, String unit) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.OU, unit)
                .addRDN(BCStyle.CN, name)
                .build();
    }

    void addTo(X509v3CertificateBuilder builder, PublicKey subject, PublicKey issuer)
            throws IOException, GeneralSecurityException {
        boolean ca = pathLength >= 0;
        builder.addExtension(
                Extension.basicConstraints, true, ca ? new BasicConstraints(pathLength) : new BasicConstraints(false));
        builder.addExtension(
                Extension.keyUsage,
                true,
                new KeyUsage(ca ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature));
        if (!use.isEmpty()) {
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(use.toArray(KeyPurposeId[]::new)));
        }
        if (!names.isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(names.stream().map(Profile::name).toArray(GeneralName[]::new)));
        }
        JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(subject));
        builder.addExtension(Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(issuer));
    }

    /** RFC 5280 5.2.1 and 5.2.3. */
    static void addToList(X509v2CRLBuilder builder, PublicKey issuer, BigInteger number)
            throws IOException, GeneralSecurityException {
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer));
        builder.addExtension(Extension.cRLNumber, false, new CRLNumber(number));
    }

    private static GeneralName name(String name) {
        return new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    // Without asking DNS: digits and dots, or a colon, make an address.
    private static boolean isAddress(String name) {
        return name.matches("[0-9.]+") || name.indexOf(':') >= 0;
    }
}
