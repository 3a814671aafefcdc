package io.sekimori.broker;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts whom the authority's rules trust, and each certificate that the console knows by itself: what an issuing CA gave out before it was
 * replaced. What a thief made with that CA's key is on no such list. Thread-safe.
 */
final class KnownClients extends X509ExtendedTrustManager {

    private final Set<String> fingerprints;
    private final X509ExtendedTrustManager rules;

    private KnownClients(Set<String> fingerprints, X509ExtendedTrustManager rules) {
        this.fingerprints = Set.copyOf(fingerprints);
        this.rules = rules;
    }

    /** The list in a file, a SHA-256 in each line; nobody is known if there is none. */
    static KnownClients read(Path file, X509ExtendedTrustManager rules) throws BrokerException {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
            for (String line : lines) {
                if (!line.matches("[0-9a-f]{64}")) {
                    throw new BrokerException(BrokerCode.CREDENTIALS, file + " has a line that is no SHA-256");
                }
            }
            return new KnownClients(Set.copyOf(lines), rules);
        } catch (NoSuchFileException e) {
            return new KnownClients(Set.of(), rules);
        } catch (IOException e) {
            throw new BrokerException(BrokerCode.CREDENTIALS, e.toString(), e);
        }
    }

    /** Whether the console knows these very bytes. */
    boolean has(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return fingerprints.contains(HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException | CertificateException e) {
            return false;
        }
    }

    /** Whether it is known, and valid now. The records know certificates for clients alone. */
    private boolean isGood(X509Certificate[] chain) throws CertificateException {
        if (chain.length == 0 || !has(chain[0])) {
            return false;
        }
        chain[0].checkValidity();
        return true;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (!isGood(chain)) {
            rules.checkClientTrusted(chain, authType, engine);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        if (!isGood(chain)) {
            rules.checkClientTrusted(chain, authType, socket);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (!isGood(chain)) {
            rules.checkClientTrusted(chain, authType);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        rules.checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        rules.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        rules.checkServerTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return rules.getAcceptedIssuers();
    }
}
