package io.sekimori.access.people;

import io.sekimori.access.AccessException;
import io.sekimori.access.Failures;
import io.sekimori.access.KeptPerson;
import io.sekimori.access.KeptSession;
import io.sekimori.access.PeopleTable;
import io.sekimori.access.Person;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What failures are counted for. A name stands there only if somebody has it: what nobody is called may be a password or
 * a code in the wrong field, so of that no more is kept than two bytes of a keyed hash, with which nothing can be guessed
 * back. Stateless.
 */
final class FailureKeys {

    private static final String HERE = " here";
    private static final int HASH_BYTES = 2;

    private FailureKeys() {}

    /**
     * Whom the failures of {@code name} from {@code from} are counted for: whoever is at the machine, an address where the
     * person is signed in, or all others. Strangers close the door for the last alone.
     */
    static String ofName(PeopleTable table, String name, String from) throws AccessException {
        if (table.person(name).isEmpty()) {
            return "nobody:" + hash(table, name) + (isHere(from) ? HERE : "");
        }
        String key = "name:" + name;
        if (isHere(from)) {
            return key + HERE;
        }
        String address = ofAddress(from);
        for (KeptSession session : table.sessions(name)) {
            if (ofAddress(session.from()).equals(address)) {
                return key + " " + address;
            }
        }
        return key;
    }

    /** Forgets what is counted for a person, but not for an address where they were signed in. */
    static void forget(PeopleTable table, String name) throws AccessException {
        table.put("name:" + name, Failures.NONE);
        table.put("name:" + name + HERE, Failures.NONE);
    }

    /** An address of IPv6 stands for its network of 64 bits, within which one machine has as many as it likes. */
    static String ofAddress(String from) {
        int colons = 0;
        for (int i = 0; i < from.length(); i++) {
            if (from.charAt(i) == ':' && ++colons == 4) {
                return "from:" + from.substring(0, i);
            }
        }
        return "from:" + (from.length() > 60 ? from.substring(0, 60) : from);
    }

    /** Whether somebody is at the machine itself, or has a tunnel to it. */
    static boolean isHere(String from) {
        String bare = from.replaceAll("[\\[\\]]", "");
        return bare.matches("127\\.[0-9.]+") || bare.equals("::1") || bare.equals("0:0:0:0:0:0:0:1");
    }

    // The key has to be the same for all versions and consoles over one store, and to outlive a restart. The salted
    // hash of
    // somebody's password is all of it, and changes only when they choose another.
    private static String hash(PeopleTable table, String name) throws AccessException {
        List<KeptPerson> first = table.people("", 1);
        if (first.isEmpty() || !Person.isName(name)) {
            return ""; // all that can be nobody's name share a key: their number has no bound
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(first.get(0).passwordHash().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HMAC with SHA-256", e);
        }
    }
}
