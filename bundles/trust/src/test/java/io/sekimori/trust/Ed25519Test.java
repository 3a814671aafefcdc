package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ed25519Test {

    private static final String KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    private static final String SIGNATURE = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590"
            + "a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";

    private static final String SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    private static final BigInteger ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final List<String> SMALL_ORDER = List.of(
            "01" + "00".repeat(31),
            "01" + "00".repeat(30) + "80",
            "ec" + "ff".repeat(30) + "7f",
            "ec" + "ff".repeat(31),
            "00".repeat(32),
            "00".repeat(31) + "80",
            "ed" + "ff".repeat(30) + "7f",
            "ed" + "ff".repeat(31),
            "ee" + "ff".repeat(30) + "7f",
            "ee" + "ff".repeat(31),
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa");

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
        byte[] second = hex(SIGNATURE);
        byte[] s = littleEndian(new BigInteger(1, reversed(second, 32, 32)).add(ORDER));
        System.arraycopy(s, 0, second, 32, 32);

        assertThat(Ed25519.verify(hex(KEY), new byte[0], second)).isFalse();
    }

    @Test
    void theOrderOfTheGroupIsNoScalar() {
        byte[] order = hex(SIGNATURE);
        System.arraycopy(littleEndian(ORDER), 0, order, 32, 32);
        byte[] all = hex(SIGNATURE);
        Arrays.fill(all, 32, 64, (byte) 0xff);

        assertThat(Ed25519.verify(hex(KEY), new byte[0], order)).isFalse();
        assertThat(Ed25519.verify(hex(KEY), new byte[0], all)).isFalse();
    }

    /**
     * Vectors 0 to 11 of "Taming the many EdDSAs" (Chalkias, Garillot, Nikolaenko, SSR 2020; novifinancial/ed25519-speccheck):
     * points of small order (0 to 2), points with a part of small order that hold under both equations (3) or under that with the
     * cofactor alone (4, 5), scalars that are not below the order (6, 7), and points in a second form (8 to 11). Verifiers differ in
     * them; each is the work of whoever has the private key, and none is taken here.
     */
    @ParameterizedTest
    @CsvSource({
        "8c93255d71dcab10e8f379c26200f3c7bd5f09d9bc3068d3ef4edeb4853022b6,"
                + "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa,"
                + "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
                + "0000000000000000000000000000000000000000000000000000000000000000",
        "9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79,"
                + "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa,"
                + "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43"
                + "a5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04",
        "aebf3f2601a0c8c5d39cc7d8911642f740b78168218da8471772b35f9d35b9ab,"
                + "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43,"
                + "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
                + "8c4bd45aecaca5b24fb97bc10ac27ac8751a7dfe1baff8b953ec9f5833ca260e",
        "9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79,"
                + "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d,"
                + "9046a64750444938de19f227bb80485e92b83fdb4b6506c160484c016cc1852f"
                + "87909e14428a7a1d62e9f22f3d3ad7802db02eb2e688b6c52fcd6648a98bd009",
        "e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c,"
                + "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d,"
                + "160a1cb0dc9c0258cd0a7d23e94d8fa878bcb1925f2c64246b2dee1796bed512"
                + "5ec6bc982a269b723e0668e540911a9a6a58921d6925e434ab10aa7940551a09",
        "e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c,"
                + "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d,"
                + "21122a84e0b5fca4052f5b1235c80a537878b38f3142356b2c2384ebad4668b7"
                + "e40bc836dac0f71076f9abe3a53f9c03c1ceeeddb658d0030494ace586687405",
        "85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40,"
                + "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623,"
                + "e96f66be976d82e60150baecff9906684aebb1ef181f67a7189ac78ea23b6c0e"
                + "547f7690a0e2ddcd04d87dbc3490dc19b3b3052f7ff0538cb68afb369ba3a514",
        "85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40,"
                + "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623,"
                + "8ce5b96c8f26d0ab6c47958c9e68b937104cd36e13c33566acd2fe8d38aa1942"
                + "7e71f98a473474f2f13f06f97c20d58cc3f54b8bd0d272f42b695dd7e89a8c22",
        "9bedc267423725d473888631ebf45988bad3db83851ee85c85e241a07d148b41,"
                + "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43,"
                + "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
                + "03be9678ac102edcd92b0210bb34d7428d12ffc5df5f37e359941266a4e35f0f",
        "9bedc267423725d473888631ebf45988bad3db83851ee85c85e241a07d148b41,"
                + "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43,"
                + "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
                + "ca8c5b64cd208982aa38d4936621a4775aa233aa0505711d8fdcfdaa943d4908",
        "e96b7021eb39c1a163b6da4e3093dcd3f21387da4cc4572be588fafae23c155b,"
                + "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff,"
                + "a9d55260f765261eb9b84e106f665e00b867287a761990d7135963ee0a7d59dc"
                + "a5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04",
        "39a591f5321bbe07fd5a23dc2f39d025d74526615746727ceefd6e82ae65c06f,"
                + "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff,"
                + "a9d55260f765261eb9b84e106f665e00b867287a761990d7135963ee0a7d59dc"
                + "a5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04"
    })
    void whatVerifiersDifferInIsRefused(String message, String key, String signature) {
        assertThat(Ed25519.verify(hex(key), hex(message), hex(signature))).isFalse();
    }

    /** All forms of the eight points of small order (the same paper, table 6): under such a key S = 0 may verify anything. */
    @Test
    void noKeyAndNoSignatureIsOfSmallOrder() {
        for (String key : SMALL_ORDER) {
            for (String point : SMALL_ORDER) {
                for (byte message = 0; message < 16; message++) {
                    assertThat(Ed25519.verify(hex(key), new byte[] {message}, hex(point + "00".repeat(32))))
                            .as("%s under %s", point, key)
                            .isFalse();
                }
            }
        }
    }

    /** R is the neutral point and S the private scalar times the hash: the equations hold, and nobody signs so. */
    @Test
    void aNeutralPointSignsNothing() throws Exception {
        byte[] scalar = Arrays.copyOf(MessageDigest.getInstance("SHA-512").digest(hex(SEED)), 32);
        scalar[0] &= (byte) 0xf8;
        scalar[31] = (byte) (scalar[31] & 0x7f | 0x40);
        String neutral = "01" + "00".repeat(31);
        byte[] hash = MessageDigest.getInstance("SHA-512").digest(hex(neutral + KEY));
        BigInteger s = new BigInteger(1, reversed(scalar, 0, 32))
                .multiply(new BigInteger(1, reversed(hash, 0, 64)))
                .mod(ORDER);

        byte[] signature = Arrays.copyOf(hex(neutral), 64);
        System.arraycopy(littleEndian(s), 0, signature, 32, 32);

        assertThat(Ed25519.verify(hex(KEY), new byte[0], signature)).isFalse();
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

    private static byte[] reversed(byte[] bytes, int from, int length) {
        byte[] reversed = new byte[length];
        for (int i = 0; i < length; i++) {
            reversed[i] = bytes[from + length - 1 - i];
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
