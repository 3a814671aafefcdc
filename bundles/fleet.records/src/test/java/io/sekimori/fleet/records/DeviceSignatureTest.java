package io.sekimori.fleet.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DeviceSignatureTest {

    private static final byte[] MESSAGE = "what I run".getBytes(StandardCharsets.UTF_8);

    private final KeyPair device = keys("secp256r1");

    @Test
    void whatThePlatformSignedHolds() {
        for (int i = 0; i < 50; i++) { // each has another length and other leading bytes
            assertThat(holds("EC_P256", device, MESSAGE, sign("SHA256withECDSA", device)))
                    .isTrue();
        }
    }

    @Test
    void nothingElseOfItHolds() {
        byte[] signature = sign("SHA256withECDSA", device);

        assertThat(holds("EC_P256", device, "what you run".getBytes(StandardCharsets.UTF_8), signature))
                .isFalse();
        assertThat(holds("EC_P256", keys("secp256r1"), MESSAGE, signature)).isFalse();
        assertThat(holds("EC_P256", device, MESSAGE, sign("SHA384withECDSA", device)))
                .isFalse();
        assertThat(holds("ED25519", device, MESSAGE, signature)).isFalse();
        for (int i = 0; i < signature.length; i++) {
            byte[] bent = signature.clone();
            bent[i] ^= 1;
            assertThat(holds("EC_P256", device, MESSAGE, bent)).as("byte " + i).isFalse();
        }
    }

    @Test
    void aKeyOfAnotherKindIsNoDeviceKey() throws GeneralSecurityException {
        KeyPair larger = keys("secp384r1");
        KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

        assertThat(holds("EC_P256", larger, MESSAGE, sign("SHA256withECDSA", larger)))
                .isFalse();
        assertThat(holds("EC_P256", other, MESSAGE, sign("Ed25519", other))).isFalse();
    }

    @Test
    void whatIsMalformedDoesNotHold() {
        byte[] signature = sign("SHA256withECDSA", device);
        byte[] key = device.getPublic().getEncoded();
        byte[] offTheCurve = key.clone();
        offTheCurve[key.length - 1] ^= 1;

        assertThat(DeviceSignature.holds("EC_P256", new byte[0], MESSAGE, signature))
                .isFalse();
        assertThat(DeviceSignature.holds("EC_P256", Arrays.copyOf(key, 40), MESSAGE, signature))
                .isFalse();
        assertThat(DeviceSignature.holds("EC_P256", offTheCurve, MESSAGE, signature))
                .isFalse();
        assertThat(holds("EC_P256", device, MESSAGE, new byte[0])).isFalse();
        assertThat(holds("EC_P256", device, MESSAGE, Arrays.copyOf(signature, signature.length + 1)))
                .isFalse();
        // r and s of zero, which hold for every message where nobody looks (FIPS 186-5, 6.4.2, step 1).
        assertThat(holds("EC_P256", device, MESSAGE, HexFormat.of().parseHex("3006020100020100")))
                .isFalse();
    }

    private static boolean holds(String algorithm, KeyPair keys, byte[] message, byte[] signature) {
        return DeviceSignature.holds(algorithm, keys.getPublic().getEncoded(), message, signature);
    }

    private static byte[] sign(String algorithm, KeyPair keys) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(keys.getPrivate());
            signature.update(MESSAGE);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
