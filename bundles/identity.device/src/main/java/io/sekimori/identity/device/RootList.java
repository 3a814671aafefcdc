package io.sekimori.identity.device;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the root of a console's CA has revoked (RFC 5280 5), signed by the root. That its next update is over takes nothing back.
 *
 * @param crl the list
 * @param number its number (5.2.3), larger in each next one
 */
record RootList(X509CRL crl, BigInteger number) {

    private static final String NUMBER = "2.5.29.20";
    private static final byte OCTET_STRING = 0x04;
    private static final byte INTEGER = 0x02;

    /** The list with the largest number among those that the root signed. */
    static Optional<RootList> newest(Collection<X509CRL> lists, X509Certificate root) {
        return lists.stream()
                .filter(list -> isOf(root, list))
                .flatMap(list -> number(list).map(number -> new RootList(list, number)).stream())
                .max(Comparator.comparing(RootList::number));
    }

    private static boolean isOf(X509Certificate root, X509CRL list) {
        try {
            list.verify(root.getPublicKey());
            return list.getIssuerX500Principal().equals(root.getSubjectX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    // An OCTET STRING with an INTEGER of at most 20 bytes, so each length is one byte.
    private static Optional<BigInteger> number(X509CRL list) {
        byte[] der = list.getExtensionValue(NUMBER);
        boolean formed = der != null
                && der.length > 4
                && der.length <= 24
                && der[0] == OCTET_STRING
                && der[1] == der.length - 2
                && der[2] == INTEGER
                && der[3] == der.length - 4;
        return formed ? Optional.of(new BigInteger(Arrays.copyOfRange(der, 4, der.length))) : Optional.empty();
    }

    /** The serial numbers that it names. */
    Set<BigInteger> revoked() {
        Set<? extends X509CRLEntry> entries = crl.getRevokedCertificates();
        return entries == null
                ? Set.of()
                : entries.stream().map(X509CRLEntry::getSerialNumber).collect(Collectors.toUnmodifiableSet());
    }

    boolean revokes(X509Certificate certificate) {
        return crl.isRevoked(certificate);
    }

    /** Whether it is newer, and names all that the one before does. */
    boolean follows(RootList before) {
        return number.compareTo(before.number) > 0 && revoked().containsAll(before.revoked());
    }
}
