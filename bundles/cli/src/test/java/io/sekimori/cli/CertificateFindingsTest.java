package io.sekimori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Unit;
import io.sekimori.trust.JsonText;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFindingsTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void aCertificateThatIsNotRenewedIsANoteAndOneThatHasEndedIsRed() throws Exception {
        Unit unit = new Unit(folder);
        Path file = unit.data("io.sekimori.identity.device").resolve("identity.json");
        Files.createDirectories(file.getParent());
        assertThat(CertificateFindings.of(unit, BEGIN)).isEmpty();

        Files.write(file, JsonText.bytes(Map.of("chain", List.of(certificateOfHundredDays()))));

        assertThat(CertificateFindings.of(unit, BEGIN.plus(Duration.ofDays(84))))
                .isEmpty();
        assertThat(CertificateFindings.of(unit, BEGIN.plus(Duration.ofDays(86))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("CERTIFICATE_ENDS");
                    assertThat(finding.red()).isFalse();
                });
        assertThat(CertificateFindings.of(unit, BEGIN.plus(Duration.ofDays(101))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("CERTIFICATE_ENDED");
                    assertThat(finding.red()).isTrue();
                });
        Files.write(file, new byte[] {'{'});
        assertThat(CertificateFindings.of(unit, BEGIN)).isEmpty();
    }

    private static String certificateOfHundredDays() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair key = generator.generateKeyPair();
        X500Name name = new X500Name("CN=a");
        return Base64.getEncoder()
                .encodeToString(new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(BEGIN),
                                Date.from(BEGIN.plus(Duration.ofDays(100))),
                                name,
                                key.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
                        .getEncoded());
    }
}
