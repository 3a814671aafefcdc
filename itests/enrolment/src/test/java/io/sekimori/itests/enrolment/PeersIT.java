package io.sekimori.itests.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.trust.Activation;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.cert.TrustAnchor;
import java.security.spec.ECGenParameterSpec;
import java.util.Collections;
import java.util.Set;
import javax.net.ssl.KeyManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.est.ESTException;
import org.bouncycastle.est.ESTService;
import org.bouncycastle.est.EnrollmentResponse;
import org.bouncycastle.est.HttpAuth;
import org.bouncycastle.est.jcajce.JcaHttpAuthBuilder;
import org.bouncycastle.est.jcajce.JcaJceUtils;
import org.bouncycastle.est.jcajce.JsseDefaultHostnameAuthorizer;
import org.bouncycastle.est.jcajce.JsseESTServiceBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that others wrote, at our console: BouncyCastle's EST client, and curl with openssl. */
class PeersIT {

    private static final String SUBJECT = "openssl pkcs7 -inform DER -print_certs -noout";

    @TempDir
    private static Path consoleFolder;

    private static TestConsole console;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeAll
    static void startConsole() throws Exception {
        Security.addProvider(new BouncyCastleProvider()); // its EST client asks for it by name
        console = new TestConsole(consoleFolder, TestGateway.rootSha256());
    }

    @AfterAll
    static void endConsole() throws Exception {
        console.close();
        Security.removeProvider(BouncyCastleProvider.PROVIDER_NAME);
    }

    @BeforeEach
    void writeTheRoot() throws Exception {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(console.root);
        }
        Files.writeString(folder.resolve("root.pem"), text.toString());
        shell = new Shell(folder);
        shell.run("openssl ecparam -name prime256v1 -genkey -noout -out key.pem");
    }

    @Test
    void curlAndOpensslEnrol() throws Exception {
        String code = code("g-aaaaaaaaaaaa");
        request("key.pem", "/CN=console-1/OU=console");

        assertThat(shell.run("curl -sS --cacert root.pem " + url("cacerts") + " | base64 -d | " + SUBJECT))
                .contains("Sekimori console issuing");
        assertThat(enrol("g-aaaaaaaaaaaa", code)).isEqualTo("200 application/pkcs7-mime; smime-type=certs-only");
        // What was asked for does not count; what the authority wrote does.
        assertThat(shell.run("base64 -d answer | " + SUBJECT))
                .contains("CN = g-aaaaaaaaaaaa")
                .doesNotContain("console-1");
        String first = Files.readString(folder.resolve("answer"));

        // A lost reply: the same key again gets the same certificate, another key nothing.
        assertThat(enrol("g-aaaaaaaaaaaa", code)).startsWith("200");
        assertThat(Files.readString(folder.resolve("answer"))).isEqualTo(first);
        shell.run("openssl ecparam -name prime256v1 -genkey -noout -out other.pem");
        request("other.pem", "/CN=whoever");
        assertThat(enrol("g-aaaaaaaaaaaa", code)).startsWith("403 application/problem+json");
        assertThat(Files.readString(folder.resolve("answer"))).contains("CODE_USED");
    }

    @Test
    void curlAndOpensslRenewWithTheirCertificate() throws Exception {
        request("key.pem", "/CN=whoever");
        enrol("g-ffffffffffff", code("g-ffffffffffff"));
        // A client shows the issuing CA along, as a gateway does.
        shell.run("curl -sS --cacert root.pem " + url("cacerts")
                + " | base64 -d | openssl pkcs7 -inform DER -print_certs -out ca.pem;"
                + " base64 -d answer | openssl pkcs7 -inform DER -print_certs | cat - ca.pem > own.pem");
        assertThat(renew("own.pem", "key.pem")).startsWith("400");
        assertThat(Files.readString(folder.resolve("answer"))).contains("RENEWAL_DIFFERS");

        request("key.pem", "/OU=gateway/CN=g-ffffffffffff");
        assertThat(renew("own.pem", "key.pem")).isEqualTo("200 application/pkcs7-mime; smime-type=certs-only");
        shell.run("base64 -d answer | openssl pkcs7 -inform DER -print_certs | cat - ca.pem > next.pem");

        assertThat(shell.run("openssl x509 -in next.pem -noout -subject")).contains("g-ffffffffffff");
        assertThat(shell.run("for f in own next; do openssl x509 -in $f.pem -noout -pubkey; done | sort | uniq -c"))
                .doesNotContain(" 1 ");
        assertThat(shell.run("curl -sS --cacert root.pem --cert next.pem --key key.pem https://localhost:"
                        + console.port + "/gateway/v1/certificate"))
                .contains("gateway:g-ffffffffffff");
        assertThat(shell.run("curl -sS --cacert root.pem -o answer -w '%{http_code}' -H 'Content-Type:"
                        + " application/pkcs10' --data-binary @request " + url("simplereenroll")))
                .isEqualTo("403");
    }

    @Test
    void opensslVerifiesTheChain() throws Exception {
        request("key.pem", "/CN=a");
        enrol("g-bbbbbbbbbbbb", code("g-bbbbbbbbbbbb"));

        assertThat(shell.run("curl -sS --cacert root.pem " + url("cacerts")
                        + " | base64 -d | openssl pkcs7 -inform DER -print_certs -out ca.pem;"
                        + " base64 -d answer | openssl pkcs7 -inform DER -print_certs -out own.pem;"
                        + " openssl verify -x509_strict -purpose sslclient -CAfile root.pem -untrusted ca.pem own.pem"))
                .endsWith("own.pem: OK\n");
    }

    @Test
    void requestsThatAreNoneAreRefused() throws Exception {
        String code = code("g-cccccccccccc");
        Files.writeString(folder.resolve("request"), "no base64 at all!");
        assertThat(enrol("g-cccccccccccc", code)).startsWith("400");
        assertThat(Files.readString(folder.resolve("answer"))).contains("REQUEST_MALFORMED");

        shell.run("openssl req -new -key key.pem -subj /CN=a -outform DER -out request.der;"
                + " printf '\\x00' | dd of=request.der bs=1 seek=$(($(stat -c %s request.der) - 3)) conv=notrunc status=none;"
                + " base64 request.der > request");
        assertThat(enrol("g-cccccccccccc", code)).startsWith("400");
        assertThat(Files.readString(folder.resolve("answer"))).contains("REQUEST_NOT_PROVEN");

        shell.run(
                "openssl req -new -newkey rsa:2048 -nodes -keyout rsa.pem -subj /CN=a -outform DER | base64 > request");
        assertThat(enrol("g-cccccccccccc", code)).startsWith("400");
        assertThat(Files.readString(folder.resolve("answer"))).contains("KEY_UNSUITABLE");

        shell.run("head -c 40000 /dev/zero | base64 > request");
        assertThat(enrol("g-cccccccccccc", code)).startsWith("413");
    }

    @Test
    void whoHasNoCodeIsToldHowToShowOneAndSlowedDown() throws Exception {
        request("key.pem", "/CN=a");
        assertThat(shell.run("curl -sS --cacert root.pem -D - -o answer -H 'Content-Type: application/pkcs10'"
                        + " --data-binary @request " + url("simpleenroll")))
                .contains("401")
                .containsIgnoringCase("WWW-Authenticate: Basic");
        String last = "";
        for (int i = 0; i < 12; i++) {
            last = enrol("g-dddddddddddd", "a".repeat(26));
        }
        assertThat(last).startsWith("429");
        assertThat(Files.readString(folder.resolve("answer"))).contains("TOO_MANY_TRIES");
        // Others at this machine wait with them; what the address did is forgotten with the process.
        console.close();
        console.start();
    }

    @Test
    void bouncyCastlesClientEnrols() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair key = generator.generateKeyPair();
        PKCS10CertificationRequest request = new JcaPKCS10CertificationRequestBuilder(
                        new X500Name("CN=whoever"), key.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()));
        ESTService est = service();

        assertThat(est.getCACerts().getCertificateStore().getMatches(null)).hasSize(2);
        EnrollmentResponse response = est.simpleEnroll(false, request, basic("g-eeeeeeeeeeee", code("g-eeeeeeeeeeee")));

        assertThat(response.isCompleted()).isTrue();
        X509CertificateHolder certificate =
                response.getStore().getMatches(null).iterator().next();
        assertThat(certificate.getSubject().toString())
                .contains("CN=g-eeeeeeeeeeee")
                .contains("OU=gateway");
        assertThat(certificate.getSubjectPublicKeyInfo().getEncoded())
                .isEqualTo(key.getPublic().getEncoded());
        assertThatExceptionOfType(ESTException.class)
                .isThrownBy(() -> est.simpleEnroll(false, request, basic("g-eeeeeeeeeeee", "b".repeat(26))));

        PKCS10CertificationRequest again = new JcaPKCS10CertificationRequestBuilder(
                        certificate.getSubject(), key.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()));
        X509CertificateHolder issuing = est.getCACerts().getCertificateStore().getMatches(null).stream()
                .filter(each -> each.getSubject().equals(certificate.getIssuer()))
                .findFirst()
                .orElseThrow();
        EnrollmentResponse renewed =
                service(Anchors.keys(key, certificate, issuing)).simpleEnroll(true, again, null);
        assertThat(renewed.getStore().getMatches(null))
                .singleElement()
                .satisfies(next -> assertThat(next.getSubject()).isEqualTo(certificate.getSubject()))
                .isNotEqualTo(certificate);
    }

    private static ESTService service(KeyManager... keys) {
        JsseESTServiceBuilder builder = new JsseESTServiceBuilder(
                "localhost:" + console.port,
                JcaJceUtils.getCertPathTrustManager(Set.of(new TrustAnchor(console.root, null)), null));
        if (keys.length > 0) {
            builder.withKeyManagers(keys);
        }
        builder.withHostNameAuthorizer(new JsseDefaultHostnameAuthorizer(Collections.emptySet()));
        return builder.build();
    }

    private static HttpAuth basic(String gatewayId, String code) throws Exception {
        return new JcaHttpAuthBuilder("estrealm", gatewayId, code.toCharArray())
                .setProvider(BouncyCastleProvider.PROVIDER_NAME)
                .build();
    }

    private String code(String gatewayId) throws Exception {
        try (Activation activation = Activation.parse(console.activation(gatewayId))) {
            return new String(activation.code(), StandardCharsets.US_ASCII);
        }
    }

    private void request(String key, String subject) throws Exception {
        shell.run("openssl req -new -key " + key + " -subj " + subject + " -outform DER | base64 > request");
    }

    /** The status and the media type; the body is in the file answer. */
    private String enrol(String gatewayId, String code) throws Exception {
        return shell.run("curl -sS --cacert root.pem -u " + gatewayId + ":" + code
                + " -H 'Content-Type: application/pkcs10' -H 'Content-Transfer-Encoding: base64'"
                + " --data-binary @request -o answer -w '%{http_code} %{content_type}' " + url("simpleenroll"));
    }

    private String renew(String certificate, String key) throws Exception {
        return shell.run("curl -sS --cacert root.pem --cert " + certificate + " --key " + key
                + " -H 'Content-Type: application/pkcs10' -H 'Content-Transfer-Encoding: base64'"
                + " --data-binary @request -o answer -w '%{http_code} %{content_type}' " + url("simplereenroll"));
    }

    private static String url(String operation) {
        return "https://localhost:" + console.port + "/.well-known/est/" + operation;
    }
}
