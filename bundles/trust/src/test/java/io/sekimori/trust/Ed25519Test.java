package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ed25519Test {

    private static final String KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    private static final String SIGNATURE = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590"
            + "a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";

    /** RFC 8032, section 7.1: tests 1, 2, 3 and SHA(abc). */
    @ParameterizedTest
    @CsvSource({
        KEY + ",''," + SIGNATURE,
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf,"
                + "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f,"
                + "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
                + "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
    })
    void publishedSignaturesVerifyAndAlteredOnesDoNot(String key, String message, String signature) {
        assertThat(Ed25519.verify(hex(key), hex(message), hex(signature))).isTrue();

        for (int i = 0; i < 64; i++) {
            byte[] altered = hex(signature);
            altered[i] ^= 0x01;
            assertThat(Ed25519.verify(hex(key), hex(message), altered)).isFalse();
        }
        assertThat(Ed25519.verify(hex(key), hex(message + "00"), hex(signature)))
                .isFalse();
    }

    @Test
    void aSignatureHasNoSecondForm() {
        // RFC 8032, 5.1.7: S plus the order of the group would satisfy the equation, too, and must be refused.
        BigInteger order = BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));
        byte[] second = hex(SIGNATURE);
        byte[] s = littleEndian(new BigInteger(1, reversed(second, 32)).add(order));
        System.arraycopy(s, 0, second, 32, 32);

        assertThat(Ed25519.verify(hex(KEY), new byte[0], second)).isFalse();
    }

    @Test
    void whatHasAnotherLengthIsNoSignatureAndNoKey() {
        assertThat(Ed25519.verify(hex(KEY), new byte[0], new byte[0])).isFalse();
        assertThat(Ed25519.verify(hex(KEY), new byte[0], hex(SIGNATURE + "00"))).isFalse();
        assertThat(Ed25519.verify(hex(KEY + "00"), new byte[0], hex(SIGNATURE))).isFalse();
        assertThat(Ed25519.verify(new byte[0], new byte[0], hex(SIGNATURE))).isFalse();
    }

    @Test
    void aPointThatIsNotOnTheCurveIsNoKey() {
        byte[] off = new byte[32];
        for (int i = 0; i < 256; i++) {
            off[0] = (byte) i;
            assertThat(Ed25519.verify(off, new byte[] {1}, new byte[64])).isFalse();
        }
        assertThat(Ed25519.verify(hex("ff".repeat(32)), new byte[] {1}, hex(SIGNATURE)))
                .isFalse();
    }

    private static byte[] reversed(byte[] bytes, int from) {
        byte[] reversed = new byte[32];
        for (int i = 0; i < 32; i++) {
            reversed[i] = bytes[from + 31 - i];
        }
        return reversed;
    }

    private static byte[] littleEndian(BigInteger value) {
        byte[] bigEndian = value.toByteArray();
        byte[] bytes = new byte[32];
        for (int i = 0; i < Math.min(32, bigEndian.length); i++) {
            bytes[i] = bigEndian[bigEndian.length - 1 - i];
        }
        return bytes;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
