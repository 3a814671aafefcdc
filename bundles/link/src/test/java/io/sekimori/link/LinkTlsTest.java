package io.sekimori.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.log.Logger;

/** The link at a broker that speaks TLS 1.3 alone and wants a certificate; both made by openssl. */
class LinkTlsTest {

    private static final String PASSWORD = "only for this test";

    @TempDir
    Path folder;

    @BeforeEach
    void makeCa() throws Exception {
        openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -days 2"
                + " -subj /CN=ca");
        certificate("console", "console-1", "DNS:console-1");
    }

    @Test
    void theConsoleConnectsWithItsCertificate() throws Exception {
        certificate("broker", "broker", "IP:127.0.0.1");

        try (Mosquitto broker = broker();
                Connection console = connect(broker)) {
            await().atMost(Duration.ofSeconds(40)).until(() -> console.session().connected());
            assertThat(console.facts()).startsWith("connected as console-1");
        }
    }

    @Test
    void aBrokerWithTheNameOfAnotherIsRefused() throws Exception {
        certificate("broker", "broker", "IP:127.0.0.2");

        try (Mosquitto broker = broker();
                Connection console = connect(broker)) {
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(console.session().trouble()).contains("127.0.0.1"));
            assertThat(console.session().connected()).isFalse();
        }
    }

    private Mosquitto broker() throws IOException {
        return new Mosquitto(
                folder,
                List.of(
                        "cafile " + folder.resolve("ca.pem"),
                        "certfile " + folder.resolve("broker.pem"),
                        "keyfile " + folder.resolve("broker.key"),
                        "tls_version tlsv1.3",
                        "require_certificate true",
                        "use_identity_as_username true"));
    }

    private Connection connect(Mosquitto broker) {
        LinkSettings settings = new LinkSettings(URI.create("ssl://127.0.0.1:" + broker.port), "sekimori", 1);
        return Connection.open(settings, this::tls, () -> null, () -> null, () -> null, FakeAudit::new, logger());
    }

    private SSLContext tls() throws GeneralSecurityException {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store("console.p12"), PASSWORD.toCharArray());
            TrustManagerFactory anchors = TrustManagerFactory.getInstance("PKIX");
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            try (InputStream in = Files.newInputStream(folder.resolve("ca.pem"))) {
                trusted.setCertificateEntry(
                        "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
            }
            anchors.init(trusted);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), anchors.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private KeyStore store(String file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(file))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private void certificate(String file, String name, String alternative) throws Exception {
        Files.writeString(folder.resolve("ext"), "subjectAltName=" + alternative + "\n");
        openssl("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout " + file + ".key -out " + file
                + ".csr -subj /CN=" + name);
        openssl("x509 -req -in " + file + ".csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile ext -out "
                + file + ".pem");
        List<String> store = new ArrayList<>(Arrays.asList(
                ("pkcs12 -export -in " + file + ".pem -inkey " + file + ".key -out " + file + ".p12 -passout")
                        .split(" ")));
        store.add("pass:" + PASSWORD);
        openssl(store);
    }

    private void openssl(String arguments) throws Exception {
        openssl(Arrays.asList(arguments.split(" ")));
    }

    private void openssl(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static Logger logger() {
        return (Logger) Proxy.newProxyInstance(
                LinkTlsTest.class.getClassLoader(),
                new Class<?>[] {Logger.class},
                (proxy, method, arguments) -> method.getReturnType() == boolean.class ? false : null);
    }
}
