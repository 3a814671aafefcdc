package io.sekimori.simulator;

import io.sekimori.trust.Activation;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.est.ESTAuth;
import org.bouncycastle.est.ESTService;
import org.bouncycastle.est.jcajce.JcaHttpAuthBuilder;
import org.bouncycastle.est.jcajce.JsseDefaultHostnameAuthorizer;
import org.bouncycastle.est.jcajce.JsseESTServiceBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.bouncycastle.util.Selector;

/**
 * Enrols by BouncyCastle's EST client (RFC 7030), so by other code than a real gateway's. Trusts the server whose chain
 * holds the CA with the pinned key. Stateless.
 */
final class Enrolment {

    private Enrolment() {}

    /** Enrols with the key in {@code folder}, which is made if there is none, and keeps what it became there. */
    static Identity enrol(Activation activation, Path folder) throws IOException, GeneralSecurityException {
        Files.createDirectories(folder);
        if (!Identity.hasKey(folder)) {
            Identity.saveKey(folder, newKey());
        }
        KeyPair keys = Identity.loadKey(folder);
        String pin = activation.pins().consoleKey();
        URI console = activation.place().console();
        List<X509Certificate> authority = all(service(console, new Pinned(pin))
                .getCACerts()
                .getCertificateStore()
                .getMatches(everything()));
        X509Certificate anchor = authority.stream()
                .filter(each -> isPinned(each, pin))
                .findFirst()
                .orElseThrow(() -> new CertificateException("the console does not send the pinned CA"));
        ESTService trusted = service(
                console, (X509TrustManager) Identity.trusting(List.of(anchor)).getTrustManagers()[0]);
        X509Certificate own = all(trusted.simpleEnroll(
                                false, request(activation.place().gatewayId(), keys), auth(activation))
                        .getStore()
                        .getMatches(everything()))
                .get(0);
        List<X509Certificate> chain = new ArrayList<>(List.of(own));
        authority.stream().filter(each -> !each.equals(anchor)).forEach(chain::add);
        Identity identity = new Identity(activation.place(), keys, chain, anchor);
        identity.save(folder);
        return identity;
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static ESTService service(URI console, X509TrustManager trust) {
        int port = console.getPort() < 0 ? 443 : console.getPort();
        return new JsseESTServiceBuilder(console.getHost() + ":" + port, trust)
                .withHostNameAuthorizer(new JsseDefaultHostnameAuthorizer(Set.of()))
                .withTimeout(30_000)
                .build();
    }

    private static PKCS10CertificationRequest request(String id, KeyPair keys) throws GeneralSecurityException {
        try {
            return new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=" + id), keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static ESTAuth auth(Activation activation) throws GeneralSecurityException {
        try {
            char[] code = new String(activation.code(), StandardCharsets.US_ASCII).toCharArray();
            return new JcaHttpAuthBuilder(activation.place().gatewayId(), code).build();
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static Selector<X509CertificateHolder> everything() {
        return new Selector<>() {
            @Override
            public boolean match(X509CertificateHolder holder) {
                return true;
            }

            @Override
            public Object clone() {
                return this;
            }
        };
    }

    private static List<X509Certificate> all(Collection<X509CertificateHolder> holders) throws CertificateException {
        List<X509Certificate> found = new ArrayList<>();
        for (X509CertificateHolder holder : holders) {
            found.add(new JcaX509CertificateConverter().getCertificate(holder));
        }
        return found;
    }

    private static boolean isPinned(X509Certificate certificate, String pin) {
        return Sha256.hex(certificate.getPublicKey().getEncoded()).equals(pin);
    }

    /** RFC 7030 4.1.1: the CA is known by its key before anything is. */
    private record Pinned(String pin) implements X509TrustManager {

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            for (int i = 0; i < chain.length; i++) {
                if (isPinned(chain[i], pin)) {
                    verify(chain, i);
                    return;
                }
            }
            throw new CertificateException("no certificate of the server has the pinned key");
        }

        private static void verify(X509Certificate[] chain, int anchor) throws CertificateException {
            try {
                for (int i = 0; i < anchor; i++) {
                    chain[i].checkValidity();
                    chain[i].verify(chain[i + 1].getPublicKey());
                }
            } catch (GeneralSecurityException e) {
                throw new CertificateException("the server's chain does not hold", e);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("there are no clients");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
