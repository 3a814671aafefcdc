package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SignedStatementTest {

    private static KeyPair device;
    private static KeyPair other;
    private static String id;

    @BeforeAll
    static void keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        device = generator.generateKeyPair();
        other = generator.generateKeyPair();
        id = Sha256.hex(device.getPublic().getEncoded());
    }

    @Test
    void whatWasSignedIsRead() throws Exception {
        JsonObject read = SignedStatement.verified("status", signed(device, device), id);

        assertThat(read.number("generation")).isEqualTo(3);
        assertThat(read.string("device")).isEqualTo(id);
    }

    @Test
    void aChangedStatementIsRefused() throws Exception {
        String text = new String(signed(device, device), StandardCharsets.UTF_8);
        byte[] changed = text.replaceFirst("(\"generation\"\\s*:\\s*)3", "$14").getBytes(StandardCharsets.UTF_8);

        Verdicts.assertRefused(() -> SignedStatement.verified("status", changed, id), TrustCode.REPORT_SIGNATURE);
    }

    @Test
    void anotherKeyIsRefusedWhetherItIsShownOrNot() throws Exception {
        Verdicts.assertRefused(
                () -> SignedStatement.verified("status", signed(other, other), id), TrustCode.REPORT_OTHER_DEVICE);
        Verdicts.assertRefused(
                () -> SignedStatement.verified("status", signed(device, other), id), TrustCode.REPORT_SIGNATURE);
    }

    @Test
    void oneTypeDoesNotPassForAnother() throws Exception {
        Verdicts.assertRefused(
                () -> SignedStatement.verified("vote", signed(device, device), id), TrustCode.REPORT_MALFORMED);
    }

    @Test
    void nonsenseAndWhatIsTooLongAreRefused() {
        for (byte[] bytes :
                new byte[][] {{}, "{}".getBytes(StandardCharsets.UTF_8), new byte[SignedStatement.MAX_BYTES + 1]}) {
            Verdicts.assertRefused(() -> SignedStatement.verified("status", bytes, id), TrustCode.REPORT_MALFORMED);
        }
    }

    private static byte[] signed(KeyPair shown, KeyPair used) throws Exception {
        return SignedStatement.sign(
                "status", Map.of("generation", 3L), "EC_P256", shown.getPublic().getEncoded(), message -> {
                    Signature signer = Signature.getInstance("SHA256withECDSA");
                    signer.initSign(used.getPrivate());
                    signer.update(message);
                    return signer.sign();
                });
    }
}
