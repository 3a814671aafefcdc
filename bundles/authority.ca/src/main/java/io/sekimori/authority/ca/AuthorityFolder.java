package io.sekimori.authority.ca;

import io.sekimori.authority.AuthorityCode;
import io.sekimori.authority.AuthorityException;
import io.sekimori.durable.DurableFile;
import io.sekimori.durable.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Where the authority's certificates lie: {@code data/io.sekimori.authority.ca} of the console's unit.
 *
 * @param path the folder
 */
record AuthorityFolder(Path path) {

    /** The bundle, its configuration and its folder go by one name. */
    static final String NAME = "io.sekimori.authority.ca";

    /** The name of the first issuing CA's key among the console's; the next ones are numbered. */
    static final String ISSUING_KEY = "issuing-ca";

    /** Whether a key is the issuing CA's, or that of one before or after: {@code issuing-ca}, {@code issuing-ca-2}. */
    static boolean isIssuingKey(String name) {
        return name.equals(ISSUING_KEY) || name.matches(ISSUING_KEY + "-[1-9][0-9]{0,8}");
    }

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
        DurableFile.create(file(), new Issuers(issuing, root, List.of(), Optional.empty()).bytes());
    }

    /** Has another issuing CA be the one, by one rename. */
    void replace(Issuers issuers) throws IOException {
        DurableFile.replace(file(), issuers.bytes());
    }

    /** The issuing CA, the root, and what the root says of those before. */
    Issuers issuers() throws AuthorityException {
        try {
            return Issuers.parse(Files.readAllBytes(file()));
        } catch (IOException | GeneralSecurityException e) {
            throw new AuthorityException(AuthorityCode.AUTHORITY_UNREADABLE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Another one whenever the issuers are others. */
    String stamp() {
        try {
            return FileStamp.of(file());
        } catch (IOException e) {
            return "none"; // whoever reads the file says why
        }
    }

    private Path file() {
        return path.resolve("ca.pem");
    }
}
