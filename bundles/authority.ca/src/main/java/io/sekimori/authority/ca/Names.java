package io.sekimori.authority.ca;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The names of a server: DNS names and IP addresses, each in one form. Stateless. */
final class Names {

    private Names() {}

    /** The one form of a name; an address of IPv6 has several. */
    static String normal(String name) {
        String bare = name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
        if (bare.indexOf(':') < 0) {
            return bare.toLowerCase(Locale.ROOT);
        }
        try {
            return InetAddress.getByName(bare).getHostAddress(); // with a colon it is never looked up
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address: " + bare, e);
        }
    }

    /** Those in a certificate; empty if there are none, or they cannot be read. */
    static Set<String> of(X509Certificate certificate) {
        Set<String> names = new HashSet<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.forEach(each -> names.add(String.valueOf(each.get(1))));
            }
        } catch (CertificateParsingException e) {
            return Set.of(); // what cannot be read is made anew
        }
        return names;
    }
}
