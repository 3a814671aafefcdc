package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** FIPS 204 and TAP 21, by the Java runtime where it has ML-DSA and by BouncyCastle everywhere. */
class MlDsa65Test {

    private static final byte[] MESSAGE = "関守".getBytes(StandardCharsets.UTF_8);

    private final TestKey key = new TestKey(KeyType.ML_DSA_65);

    /**
     * NIST's vectors for key generation, cases 26 and 27 of ML-DSA-keyGen-FIPS204 (usnistgov/ACVP-Server, gen-val/
     * json-files, prompt and expectedResults): where the key begins is a hash of the seed, where it ends is arithmetic.
     */
    @ParameterizedTest
    @CsvSource({
        "8AB6448BF58F897D528A8DE9F8E59329AC929A9CDE7EDF3E27E01BC9EF128A67,"
                + "49DE190622B0681761A9DB044015BF812760429001FDFF5FC897166546277E84,"
                + "44763675BBABEBDCE1B816769D66F9BC72DE319E1EC39E8F979E49B61C",
        "E67D4E94E36225F5E360DBE043099A96078174A054631BC673100D218A71C448,"
                + "A11E04721B8D823AEBFD8CD4663CC5E864BFB0C33DF9D350FC6B20E1DE4D857D"
                + "DC0E3510FC180782256A8DA567B316D6277C5727B15B5DB66DE1F34747705FE9,"
                + "D01362437191A36EA3C99F45A7DE1C2D179C53E365D1C5"
    })
    void keysAreThoseOfTheStandard(String seed, String begin, String end) throws Exception {
        byte[] raw = fromSeed(seed).rawPublicKey();

        assertThat(HexFormat.of().withUpperCase().formatHex(raw))
                .hasSize(2 * MlDsa65.PUBLIC_KEY_BYTES)
                .startsWith(begin)
                .endsWith(end);
    }

    /**
     * 100 keys and what each signs, against one hash over all of them: the accumulated vectors of C2SP's CCTV
     * (ML-DSA/accumulated), which several independent libraries agree on. Whoever verifies here accepts them all.
     */
    @Test
    void aHundredKeysAndSignaturesAreThoseOfTheStandard() {
        List<MlDsaProvider> here = Arrays.stream(MlDsaProvider.values())
                .filter(MlDsaProvider::isThere)
                .toList();
        SHAKEDigest seeds = new SHAKEDigest(128);
        SHAKEDigest all = new SHAKEDigest(128);
        byte[] seed = new byte[32];
        for (int i = 0; i < 100; i++) {
            seeds.doOutput(seed, 0, seed.length);
            MLDSAPrivateKeyParameters priv = new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, seed);
            byte[] signature = deterministic(priv);
            all.update(priv.getPublicKey(), 0, MlDsa65.PUBLIC_KEY_BYTES);
            all.update(signature, 0, signature.length);
            for (MlDsaProvider provider : here) {
                assertThat(provider.verify(priv.getPublicKey(), new byte[0], signature))
                        .as("%s, key %s", provider, i)
                        .isTrue();
            }
        }
        byte[] sum = new byte[32];
        all.doFinal(sum, 0, sum.length);

        assertThat(HexFormat.of().formatHex(sum))
                .isEqualTo("8358a1843220194417cadbc2651295cd8fc65125b5a5c1a239a16dc8b57ca199");
    }

    @ParameterizedTest
    @EnumSource
    void noAlteredSignatureCounts(MlDsaProvider provider) throws Exception {
        assumeThat(provider.isThere()).isTrue();
        byte[] raw = MlDsa65.raw(PublicKeyPem.der(key.publicKey().publicValue()).orElseThrow())
                .orElseThrow();
        byte[] signature = key.sign(MESSAGE);
        byte[] signed = MlDsa65.toSign(MESSAGE);
        assertThat(provider.verify(raw, signed, signature)).isTrue();

        assertThat(provider.verify(raw, MESSAGE, signature)).isFalse();
        // c~, z, hints and the counts behind them (FIPS 204, algorithm 26).
        for (int at : new int[] {0, 47, 48, 2_000, 3_247, 3_248, 3_302, 3_303, 3_308}) {
            byte[] altered = signature.clone();
            altered[at] ^= 1;
            assertThat(provider.verify(raw, signed, altered)).as("byte %s", at).isFalse();
        }
        byte[] manyHints = signature.clone();
        Arrays.fill(manyHints, 3_303, manyHints.length, (byte) 0xff);
        assertThat(provider.verify(raw, signed, manyHints)).isFalse();
        byte[] wideZ = signature.clone();
        Arrays.fill(wideZ, 48, 3_248, (byte) 0);
        assertThat(provider.verify(raw, signed, wideZ)).isFalse();
        byte[] otherKey = raw.clone();
        otherKey[1_951] ^= 1;
        assertThat(provider.verify(otherKey, signed, signature)).isFalse();
    }

    @Test
    void thereIsAlwaysSomebodyToAsk() {
        assertThat(MlDsaProvider.BOUNCY_CASTLE.isThere()).isTrue();
        assertThat(MlDsaProvider.PRESENT.isThere()).isTrue();
    }

    @Test
    void aSignatureHasOneLength() throws Exception {
        byte[] signature = key.sign(MESSAGE);

        assertThat(signature).hasSize(MlDsa65.SIGNATURE_BYTES);
        assertThat(key.publicKey().verifies(MESSAGE, signature)).isTrue();
        assertThat(key.publicKey().verifies(MESSAGE, Arrays.copyOf(signature, 3_308)))
                .isFalse();
        assertThat(key.publicKey().verifies(MESSAGE, Arrays.copyOf(signature, 3_310)))
                .isFalse();
    }

    /** TAP 21: "tuf", version 1, SHA-512; that of nothing is in FIPS 180-4's examples. */
    @Test
    void whatIsSignedIsAHashUnderTheNameOfTuf() {
        assertThat(HexFormat.of().formatHex(MlDsa65.toSign(new byte[0])))
                .isEqualTo("74756601" + "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
                        + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e");
    }

    @ParameterizedTest
    @CsvSource({"ml-dsa, ml-dsa-65", "ml-dsa, ml-dsa-65/2", "ml-dsa, ml-dsa-87/1", "ml-dsa-65, ml-dsa-65/1"})
    void anotherTypeOrVersionIsNotGuessedAt(String type, String scheme) throws Exception {
        TufKey other = new TufKey("a".repeat(64), type, scheme, key.publicKey().publicValue());

        assertThat(other.known()).isFalse();
        assertThat(other.verifies(MESSAGE, key.sign(MESSAGE))).isFalse();
    }

    @Test
    void aKeyHasOneForm() throws Exception {
        byte[] spki = PublicKeyPem.der(key.publicKey().publicValue()).orElseThrow();
        byte[] withParameters = HexFormat.of()
                .parseHex("308207b4300d0609608648016503040312050003"
                        + HexFormat.of().formatHex(spki, 18, spki.length));

        assertThat(MlDsa65.raw(spki)).isPresent();
        assertThat(MlDsa65.raw(withParameters)).isEmpty();
        assertThat(MlDsa65.raw(Arrays.copyOf(spki, spki.length - 1))).isEmpty();
        TufKey other = new TufKey("a".repeat(64), "ml-dsa", "ml-dsa-65/1", PublicKeyPem.pem(withParameters));
        assertThat(other.verifies(MESSAGE, key.sign(MESSAGE))).isFalse();
    }

    @Test
    void itIsReadFromItsSeedAlone() throws Exception {
        SigningKey made = SigningKey.generate(KeyType.ML_DSA_65, new SecureRandom());
        byte[] pkcs8 = made.pkcs8();

        assertThat(pkcs8).hasSize(54).isEqualTo(made.pkcs8());
        SigningKey read = SigningKey.of(KeyType.ML_DSA_65, pkcs8, made.rawPublicKey());
        assertThat(made.publicKey().verifies(MESSAGE, read.sign(MESSAGE))).isTrue();
        assertThat(read.sign(MESSAGE)).as("hedged").isNotEqualTo(read.sign(MESSAGE));
    }

    private static SigningKey fromSeed(String seed) throws GeneralSecurityException {
        byte[] pkcs8 = HexFormat.of().parseHex("3034020100300b060960864801650304031204228020" + seed);
        byte[] raw = HexFormat.of().parseHex(seed);
        return SigningKey.of(
                KeyType.ML_DSA_65, pkcs8, new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, raw).getPublicKey());
    }

    private static byte[] deterministic(MLDSAPrivateKeyParameters key) {
        MLDSASigner signer = new MLDSASigner();
        signer.init(true, key);
        try {
            return signer.generateSignature();
        } catch (org.bouncycastle.crypto.CryptoException e) {
            throw new IllegalStateException(e);
        }
    }
}
