package io.sekimori.broker;

import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * Who holds a connection, told by the certificate alone. The client id of MQTT must be the same name.
 *
 * <p>The console's authority writes subjects itself, so a gateway cannot ask for a console's name.
 */
sealed interface Client extends Principal {

    /** One of the console's processes: {@code CN=console-<n>, OU=console}. */
    record Console(String id) implements Client {}

    /** A gateway: {@code CN=g-<12 of a-z2-7>, OU=gateway}. */
    record Gateway(String id) implements Client {}

    Pattern CONSOLE = Pattern.compile("console-[a-z0-9]{1,16}");
    Pattern GATEWAY = Pattern.compile("g-[a-z2-7]{12}");

    /** The client id, which is the common name. */
    String id();

    @Override
    default String getName() {
        return id();
    }

    /** Whose certificate it is, or empty if it is neither a gateway's nor a console's. */
    static Optional<Client> of(X509Certificate certificate) {
        List<Rdn> names;
        try {
            names = new LdapName(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253)).getRdns();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
        String id = only(names, "CN");
        String unit = only(names, "OU");
        if (unit.equals("gateway") && GATEWAY.matcher(id).matches()) {
            return Optional.of(new Gateway(id));
        }
        if (unit.equals("console") && CONSOLE.matcher(id).matches()) {
            return Optional.of(new Console(id));
        }
        return Optional.empty();
    }

    /** The one value of {@code type}; a subject with several, or with several in one part, is nobody's. */
    private static String only(List<Rdn> names, String type) {
        List<Rdn> found = names.stream()
                .filter(name -> name.size() > 1 || name.getType().equalsIgnoreCase(type))
                .toList();
        return found.size() == 1 && found.get(0).size() == 1 && found.get(0).getValue() instanceof String text
                ? text
                : "";
    }
}
