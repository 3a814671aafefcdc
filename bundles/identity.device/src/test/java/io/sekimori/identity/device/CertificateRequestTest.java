package io.sekimori.identity.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.keys.Keys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two others read what is written by hand here. */
class CertificateRequestTest {

    @TempDir
    private Path folder;

    @Test
    void bouncyCastleVerifiesIt() throws Exception {
        JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(request());

        assertThat(request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(request.getPublicKey())))
                .isTrue();
        assertThat(request.getSubject()).hasToString("CN=" + Lab.GATEWAY);
        assertThat(request.getAttributes()).isEmpty();
    }

    @Test
    void opensslVerifiesIt() throws Exception {
        Path file = folder.resolve("request.der");
        Files.write(file, request());

        Process openssl = new ProcessBuilder(
                        "openssl", "req", "-inform", "DER", "-in", file.toString(), "-verify", "-noout", "-subject")
                .redirectErrorStream(true)
                .start();

        String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(openssl.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(openssl.exitValue()).isZero();
        assertThat(said).contains("verify OK").contains(Lab.GATEWAY);
    }

    private byte[] request() throws Exception {
        Keys keys = new Lab(folder).identity().keys().orElseThrow();
        return CertificateRequest.of(
                keys.publicKey(Keys.DEVICE).orElseThrow(), new X500Principal("CN=" + Lab.GATEWAY), keys);
    }
}
