package io.sekimori.authority.ca;

import io.sekimori.authority.AuthorityCode;
import io.sekimori.authority.AuthorityException;
import io.sekimori.durable.DurableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Where the authority's certificates lie: {@code data/io.sekimori.authority.ca} of the console's unit.
 *
 * @param path the folder
 */
record AuthorityFolder(Path path) {

    /** The bundle, its configuration and its folder go by one name. */
    static final String NAME = "io.sekimori.authority.ca";

    /** The name of the issuing CA's key among the console's. */
    static final String ISSUING_KEY = "issuing-ca";

    static AuthorityFolder of(Path unit) {
        return new AuthorityFolder(unit.resolve("data").resolve(NAME));
    }

    /** The certificate of an own key. */
    Path certificate(String key) {
        return path.resolve(key + ".pem");
    }

    /** What the broker reads. */
    Path broker() {
        return path.resolve("broker");
    }

    /** Keeps the two CA certificates of a new console. */
    void create(X509Certificate root, X509Certificate issuing) throws IOException {
        DurableFile.makeDirectory(path);
        DurableFile.create(path.resolve("ca.pem"), Pem.of(List.of(issuing, root)));
    }

    /** The issuing CA's certificate, then the root's. */
    List<X509Certificate> ca() throws AuthorityException {
        try {
            List<X509Certificate> ca = Pem.read(path.resolve("ca.pem"));
            if (ca.size() != 2) {
                throw new IOException("ca.pem has " + ca.size() + " certificates instead of issuing CA and root");
            }
            ca.get(0).verify(ca.get(1).getPublicKey());
            ca.get(1).verify(ca.get(1).getPublicKey());
            return ca;
        } catch (IOException | GeneralSecurityException e) {
            throw new AuthorityException(AuthorityCode.AUTHORITY_UNREADABLE, String.valueOf(e.getMessage()), e);
        }
    }
}
