package io.sekimori.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.status.StatusSource;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTlsTest {

    @TempDir
    Path unit;

    private final MemoryKeys keys = new MemoryKeys();

    @Test
    void aBrowserSeesTheCertificateWhoseFingerprintTheStatusShows() throws Exception {
        LocalTls tls = tls();

        X509Certificate seen = handshake(tls.context());

        seen.verify(seen.getPublicKey());
        seen.checkValidity();
        assertThat(seen.getBasicConstraints()).isEqualTo(-1);
        assertThat(seen.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(seen.getKeyUsage()).startsWith(true, false, false, false, false, false);
        assertThat(seen.getSubjectAlternativeNames().toString())
                .isEqualTo("[[2, localhost], [7, 127.0.0.1], [7, 0:0:0:0:0:0:0:1]]");
        assertThat(seen.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(name(tls)).isEqualTo("local page, SHA-256 " + LocalTls.fingerprint(seen));
        assertThat(LocalTls.fingerprint(seen)).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    }

    @Test
    void theFingerprintStaysAcrossRestartsAndVersions() {
        String first = name(tls());

        assertThat(name(tls())).isEqualTo(first);
        assertThat(keys.made()).isEqualTo(1);
    }

    @Test
    void twoVersionsThatBeginAtOnceAgree() {
        LocalTls one = tls();
        LocalTls other = tls();
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> name(one));

        String second = name(other);

        assertThat(first.join()).isEqualTo(second);
    }

    /** The power goes after the key was made and before the certificate was kept. */
    @Test
    void aKeyWithoutItsCertificateGetsOne() throws Exception {
        name(tls());
        Files.delete(unit.resolve("certificate.der"));

        assertThat(name(tls())).startsWith("local page, SHA-256 ");
        assertThat(keys.made()).isEqualTo(1);
    }

    @Test
    void aDamagedCertificateIsMadeAnewAtEveryLength() throws Exception {
        name(tls());
        byte[] whole = Files.readAllBytes(unit.resolve("certificate.der"));

        for (int length = 0; length < whole.length; length += 7) {
            Files.write(unit.resolve("certificate.der"), Arrays.copyOf(whole, length));

            handshake(tls().context());
        }
    }

    @Test
    void aDestroyedKeyIsFollowedByAnotherWithAnotherFingerprint() {
        String first = name(tls());
        keys.destroy(LocalTls.KEY, "test", "test");

        assertThat(name(tls())).startsWith("local page, SHA-256 ").isNotEqualTo(first);
    }

    @Test
    void withoutKeysThereIsNoConnectionAndTheStatusSaysWhy() {
        LocalTls tls = new LocalTls(unit, Silent.log());

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(tls::context);
        assertThat(tls.contribute().findings())
                .extracting(finding -> finding.code())
                .containsExactly("LOCAL_TLS_FAILED");
    }

    @Test
    void keysThatMayNotBeMadeMeanNoConnection() {
        keys.refuse(true);
        LocalTls tls = tls();

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(tls::context);
        keys.refuse(false);
        assertThat(name(tls)).startsWith("local page");
    }

    private LocalTls tls() {
        LocalTls tls = new LocalTls(unit, Silent.log());
        tls.keys = keys;
        return tls;
    }

    private static String name(LocalTls tls) {
        StatusSource.Contribution part = tls.contribute();
        assertThat(part.findings()).isEmpty();
        return part.certificates().get(0).name();
    }

    private static X509Certificate handshake(SSLContext server) throws Exception {
        try (SSLServerSocket listening = (SSLServerSocket)
                server.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try (SSLSocket accepted = (SSLSocket) listening.accept()) {
                    accepted.getOutputStream().write(1);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            try (SSLSocket client = (SSLSocket) MemoryKeys.anyoneTrusting()
                    .getSocketFactory()
                    .createSocket(listening.getInetAddress(), listening.getLocalPort())) {
                assertThat(client.getInputStream().read()).isEqualTo(1);
                served.join();
                return (X509Certificate) client.getSession().getPeerCertificates()[0];
            }
        }
    }
}
