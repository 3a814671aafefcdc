package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TUF 4.2.1: the key types of the specification. */
class SignatureSchemeTest {

    private static final byte[] MESSAGE = "関守".getBytes(StandardCharsets.UTF_8);

    /** A key of a repository that another tool made. */
    private static final String FOREIGN_KEY = "-----BEGIN PUBLIC KEY-----\n"
            + "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEohqIdE+yTl4OxpX8ZxNUPrg3SL9H\n"
            + "BDnhZuceKkxy2oMhUOxhWweZeG3bfM1T4ZLnJimC6CAYVU5+F5jZCoftRw==\n"
            + "-----END PUBLIC KEY-----\n";

    @ParameterizedTest
    @ValueSource(strings = {"ecdsa", "ecdsa-sha2-nistp256"})
    void ecdsaOverP256IsKnown(String type) throws Exception {
        KeyPair pair = ec("secp256r1");
        TufKey key = key(type, "ecdsa-sha2-nistp256", pem(pair));
        byte[] signature = sign("SHA256withECDSA", pair);

        assertThat(key.verifies(MESSAGE, signature)).isTrue();
        assertThat(key.verifies("another".getBytes(StandardCharsets.UTF_8), signature))
                .isFalse();
        assertThat(key.verifies(MESSAGE, new byte[signature.length])).isFalse();
        assertThat(key.verifies(MESSAGE, new byte[0])).isFalse();
    }

    @Test
    void anotherCurveIsNot() throws Exception {
        KeyPair pair = ec("secp384r1");

        assertThat(key("ecdsa", "ecdsa-sha2-nistp256", pem(pair)).verifies(MESSAGE, sign("SHA256withECDSA", pair)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2048, 32", "2048, 222", "3072, 32", "3072, 350"})
    void rsaPssIsKnownWithTheSaltOfTheHashOrTheLongest(int bits, int saltBytes) throws Exception {
        KeyPair pair = rsa(bits);
        Signature signer = Signature.getInstance("RSASSA-PSS");
        signer.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, saltBytes, 1));
        signer.initSign(pair.getPrivate());
        signer.update(MESSAGE);
        byte[] signature = signer.sign();
        TufKey key = key("rsa", "rsassa-pss-sha256", pem(pair));

        assertThat(key.verifies(MESSAGE, signature)).isTrue();
        assertThat(key.verifies(new byte[0], signature)).isFalse();
    }

    @Test
    void rsaWithAnotherPaddingOrAShortKeyIsNot() throws Exception {
        KeyPair pair = rsa(2_048);
        assertThat(key("rsa", "rsassa-pss-sha256", pem(pair)).verifies(MESSAGE, sign("SHA256withRSA", pair)))
                .isFalse();

        KeyPair weak = rsa(1_024);
        Signature signer = Signature.getInstance("RSASSA-PSS");
        signer.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        signer.initSign(weak.getPrivate());
        signer.update(MESSAGE);
        assertThat(key("rsa", "rsassa-pss-sha256", pem(weak)).verifies(MESSAGE, signer.sign()))
                .isFalse();
    }

    @Test
    void anRsaKeyHasAtMost8192Bits() throws Exception {
        KeyPair largest = rsaOfManyPrimes(8_192);
        assertThat(key("rsa", "rsassa-pss-sha256", pem(largest)).verifies(MESSAGE, pss(largest)))
                .isTrue();

        KeyPair larger = rsaOfManyPrimes(8_200);
        assertThat(key("rsa", "rsassa-pss-sha256", pem(larger)).verifies(MESSAGE, pss(larger)))
                .isFalse();
    }

    @Test
    void whatIsNoRsaKeySignsNothing() throws Exception {
        byte[] otherKind = ec("secp256r1").getPublic().getEncoded();

        assertThat(RsaPss.isKey(new byte[10])).isFalse();
        assertThat(RsaPss.isKey(otherKind)).isFalse();
        assertThat(RsaPss.verify(new byte[10], MESSAGE, new byte[256])).isFalse();
        assertThat(RsaPss.verify(otherKind, MESSAGE, new byte[256])).isFalse();
    }

    @Test
    void anRsaKeyHasOneFormSoThatNobodyCountsTwice() throws Exception {
        KeyPair pair = rsa(2_048);
        byte[] usual = pair.getPublic().getEncoded();
        byte[] longer = Arrays.copyOf(usual, usual.length + 1);
        // Java 17 reads both as the same key. One is the same without the NULL behind the algorithm (bytes 17 and 18),
        // and so with two shorter lengths.
        byte[] shorter = Arrays.copyOf(usual, usual.length - 2);
        System.arraycopy(usual, 19, shorter, 17, usual.length - 19);
        shorter[3] -= 2;
        shorter[5] -= 2;
        Signature signer = Signature.getInstance("RSASSA-PSS");
        signer.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        signer.initSign(pair.getPrivate());
        signer.update(MESSAGE);
        byte[] signature = signer.sign();

        assertThat(key("rsa", "rsassa-pss-sha256", PublicKeyPem.pem(usual)).verifies(MESSAGE, signature))
                .isTrue();
        for (byte[] other : List.of(longer, shorter)) {
            TufKey key = key("rsa", "rsassa-pss-sha256", PublicKeyPem.pem(other));
            assertThat(key.verifies(MESSAGE, signature)).isFalse();
            assertThat(key.usable()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no PEM",
                "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\nAAA*\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"
            })
    void whatIsNoKeyVerifiesNothing(String publicValue) throws Exception {
        assertThat(key("rsa", "rsassa-pss-sha256", publicValue).verifies(MESSAGE, new byte[256]))
                .isFalse();
        assertThat(key("ecdsa", "ecdsa-sha2-nistp256", publicValue).verifies(MESSAGE, new byte[70]))
                .isFalse();
    }

    @Test
    void theSameKeyWrittenInTwoWaysCountsOnce() throws Exception {
        KeyPair pair = ec("secp256r1");
        TufKey one = key("ecdsa", "ecdsa-sha2-nistp256", pem(pair));
        TufKey two = key("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", "\n" + pem(pair));
        Map<String, Object> signed = Map.of("_type", "timestamp");
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(pair.getPrivate());
        signer.update(CanonicalJson.bytes(signed));
        String signature = Hex.encode(signer.sign());
        Map<String, Object> file = Map.of(
                "signed",
                signed,
                "signatures",
                List.of(
                        Map.of("keyid", one.keyId(), "sig", signature),
                        Map.of("keyid", two.keyId(), "sig", signature)));

        assertThat(one.keyId()).isNotEqualTo(two.keyId());
        assertThat(RoleKeys.of(2, one, two).signedBy(Envelope.parse("test", Document.TIMESTAMP, JsonText.bytes(file))))
                .isEqualTo(1);
    }

    @Test
    void aKeyKeepsItsIdWhenAToolAddsMembersToIt() throws Exception {
        TufKey key = new TestKey().publicKey();
        Map<String, Object> json = new HashMap<>(key.json());
        json.put("keyid_hash_algorithms", List.of("md5"));
        json.put("x-owner", "somebody");

        assertThat(TufKey.listed(key.keyId(), object(json)).keyId()).isEqualTo(key.keyId());
        json.put("scheme", "ed25519ph");
        assertThat(TufKey.listed(key.keyId(), object(json)).keyId()).isNotEqualTo(key.keyId());
    }

    @Test
    void theIdMayBeThatOfTheWholeAsOtherToolsHaveIt() throws Exception {
        String id = "aa61e09f6af7662ac686cf0c6364079f63d3e7a86836684eeced93eace3acd81";
        Map<String, Object> json = new HashMap<>(Map.of(
                "keytype", "ecdsa",
                "scheme", "ecdsa-sha2-nistp256",
                "keyval", Map.of("public", FOREIGN_KEY),
                "x-tuf-on-ci-keyowner", "@jku"));

        assertThat(TufKey.listed(id, object(json)).keyId()).isEqualTo(id);
        json.put("x-tuf-on-ci-keyowner", "@somebody");
        assertThat(TufKey.listed(id, object(json)).keyId()).isNotEqualTo(id);
    }

    @Test
    void aKeyOfAnUnknownTypeMayHaveAnyValue() throws Exception {
        TufKey key = TufKey.parse(object(Map.of(
                "keytype", "sigstore-oidc",
                "scheme", "Fulcio",
                "keyval", Map.of("identity", "a@example.org", "issuer", "https://example.org"))));

        assertThat(key.publicValue()).isEmpty();
        assertThat(key.verifies(MESSAGE, new byte[0])).isFalse();
    }

    private static TufKey key(String type, String scheme, String publicValue) throws Exception {
        return TufKey.parse(object(Map.of("keytype", type, "scheme", scheme, "keyval", Map.of("public", publicValue))));
    }

    private static JsonObject object(Map<String, Object> json) throws Exception {
        return JsonObject.parse(JsonText.bytes(json));
    }

    private static KeyPair ec(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static KeyPair rsa(int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static byte[] sign(String algorithm, KeyPair pair) throws Exception {
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(pair.getPrivate());
        signer.update(MESSAGE);
        return signer.sign();
    }

    private static String pem(KeyPair pair) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    // Of many primes, which are found at once where two large ones take a minute: to a verifier a key like any other.
    private static KeyPair rsaOfManyPrimes(int bits) throws Exception {
        BigInteger exponent = BigInteger.valueOf(65_537);
        Random random = new Random(bits);
        while (true) {
            BigInteger modulus = BigInteger.ONE;
            BigInteger phi = BigInteger.ONE;
            while (modulus.bitLength() < bits) {
                int left = bits - modulus.bitLength();
                BigInteger prime = BigInteger.probablePrime(left >= 400 ? 256 : Math.max(left, 64), random);
                modulus = modulus.multiply(prime);
                phi = phi.multiply(prime.subtract(BigInteger.ONE));
            }
            if (modulus.bitLength() == bits && phi.gcd(exponent).equals(BigInteger.ONE)) {
                KeyFactory factory = KeyFactory.getInstance("RSA");
                return new KeyPair(
                        factory.generatePublic(new RSAPublicKeySpec(modulus, exponent)),
                        factory.generatePrivate(new RSAPrivateKeySpec(modulus, exponent.modInverse(phi))));
            }
        }
    }

    private static byte[] pss(KeyPair pair) throws Exception {
        Signature signer = Signature.getInstance("RSASSA-PSS");
        signer.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        signer.initSign(pair.getPrivate());
        signer.update(MESSAGE);
        return signer.sign();
    }
}
