package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What FIPS 204, algorithms 8 and 21 must refuse, by public vectors: those of Project Wycheproof for ML-DSA-65
 * (C2SP/wycheproof, testvectors_v1/mldsa_65_verify_test.json; Apache-2.0) that refuse under its first key. Each is a whole
 * signature of 3,309 bytes; here it is made again of its key's seed (mldsa_65_sign_seed_test.json) and its message, compared
 * with how the file's begins and ends, and given the few bytes in which the refused one differs.
 *
 * <p>These are Wycheproof's; those that NIST publishes (ACVP, ML-DSA-sigVer-FIPS204) are not asked here.
 */
class MlDsa65RejectionTest {

    private static final int HINTS_AT = 3_248;
    private static final MLDSAPrivateKeyParameters KEY = key();

    private static final byte[] HELLO = hex("48656c6c6f20776f726c64");
    private static final String HELLO_BEGINS = "69da5aec6d5f58fbf29439c520bd68b966e3dd2ca633b68351c2862344713a1e"
            + "9c086a44f9a870a3ccc14de62d6c12b278c354d7197c4d6d";
    private static final String HELLO_HINTS =
            "3c3f6a6b6d0b161e777b8296d7dce7fd162970496494d4f60716244a5a7fb7cee40e1d565e" + "6566697e8f93"
                    + "00".repeat(12) + "05101318212b";

    private static final byte[] ONE = hex("01" + "00".repeat(31));
    private static final String ONE_BEGINS = "0d0d1a7af2d4eff6d4af7435a634d28ec5d23595fe7a72cf76d30f1fe16620c6"
            + "4862e4aad54fb78f8ea752b1e43e4e5884d7226840beb36a";
    private static final String ONE_HINTS =
            "4a6dbd377996c7cf80e0e7192234475d93f3f813197ea2d3fb112c2e97cceef2" + "00".repeat(23) + "03080b131920";

    @ParameterizedTest
    @EnumSource
    void aSignatureWithAFlippedBitIsNone(MlDsaProvider provider) {
        byte[] signature = signature(provider, HELLO, HELLO_BEGINS, HELLO_HINTS);

        assertRefused(provider, HELLO, with(signature, 0, "68"), "8: c~");
        assertRefused(provider, HELLO, with(signature, 48, "79"), "9: z[0]");
        assertRefused(provider, HELLO, with(signature, 688, at(signature, 688, "56", "57")), "10: z[1]");
        assertRefused(provider, HELLO, with(signature, 1_328, at(signature, 1_328, "00", "01")), "11: z[2]");
        assertRefused(provider, HELLO, with(signature, 1_968, at(signature, 1_968, "c1", "c0")), "12: z[3]");
        assertRefused(provider, HELLO, with(signature, HINTS_AT, "3d"), "14: the first hint");
        assertRefused(provider, HELLO, with(signature, 3_308, "2a"), "15: the last byte");
    }

    @ParameterizedTest
    @EnumSource
    void hintsHaveOneForm(MlDsaProvider provider) {
        byte[] signature = signature(provider, ONE, ONE_BEGINS, ONE_HINTS);

        assertRefused(
                provider,
                ONE,
                with(
                        signature,
                        HINTS_AT,
                        "bd6d4acfc7967937e7e080f8f3935d47342219fbd3a27e1913f2eecc972e2c11" + "00".repeat(23)
                                + "03080b131920"),
                "16: in reverse order");
        assertRefused(provider, ONE, with(signature, 3_308, "ff"), "17: too many");
        assertRefused(
                provider,
                ONE,
                with(signature, HINTS_AT + 32, "2a".repeat(23) + "03080b131920"),
                "18: padded with something");
        assertRefused(
                provider,
                ONE,
                with(
                        signature,
                        HINTS_AT,
                        "4a4a6dbd377996c7cf80e0e7192234475d93f3f813197ea2d3fb112c2e97cceef2" + "00".repeat(22)
                                + "04090c141a21"),
                "19: one of them twice");
    }

    /** Numbers 6 and 7, by way of a key, which knows the length. */
    @ParameterizedTest
    @EnumSource
    void aSignatureHasOneLength(MlDsaProvider provider) {
        byte[] signature = signature(provider, HELLO, HELLO_BEGINS, HELLO_HINTS);

        assertThat(MlDsa65.verify(KEY.getPublicKey(), HELLO, Arrays.copyOf(signature, 3_308)))
                .isFalse();
        assertThat(MlDsa65.verify(KEY.getPublicKey(), HELLO, Arrays.copyOf(signature, 3_310)))
                .isFalse();
    }

    /** The valid one of the file, which must be accepted, or its altered ones would prove nothing. */
    private static byte[] signature(MlDsaProvider provider, byte[] message, String begins, String hints) {
        assumeThat(provider.isThere()).isTrue();
        byte[] signature = deterministic(message);
        assertThat(HexFormat.of().formatHex(signature))
                .hasSize(2 * MlDsa65.SIGNATURE_BYTES)
                .startsWith(begins)
                .endsWith(hints);
        assertThat(provider.verify(KEY.getPublicKey(), message, signature)).isTrue();
        return signature;
    }

    private static void assertRefused(MlDsaProvider provider, byte[] message, byte[] signature, String vector) {
        assertThat(signature).hasSize(MlDsa65.SIGNATURE_BYTES);
        assertThat(provider.verify(KEY.getPublicKey(), message, signature))
                .as("vector %s", vector)
                .isFalse();
    }

    private static byte[] with(byte[] signature, int offset, String altered) {
        byte[] bytes = hex(altered);
        byte[] changed = signature.clone();
        System.arraycopy(bytes, 0, changed, offset, bytes.length);
        assertThat(changed).isNotEqualTo(signature);
        return changed;
    }

    private static String at(byte[] signature, int offset, String there, String instead) {
        assertThat(HexFormat.of().toHexDigits(signature[offset])).isEqualTo(there);
        return instead;
    }

    private static byte[] deterministic(byte[] message) {
        MLDSASigner signer = new MLDSASigner();
        signer.init(true, KEY);
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MLDSAPrivateKeyParameters key() {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) 0x2a);
        return new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, seed);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
