package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ed25519KeyTest {

    private static final String PKCS8 = "302e020100300506032b657004220420";
    private static final String SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    private static final String KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    private static final byte[] MESSAGE = {1, 2, 3};

    /** RFC 8032, section 7.1: tests 1, 2, 3 and SHA(abc). */
    @ParameterizedTest
    @CsvSource({
        SEED + "," + KEY + ",'',e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590"
                + "a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42,"
                + "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf,"
                + "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f,"
                + "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
                + "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
    })
    void signsAsPublished(String seed, String publicKey, String message, String signature) throws Exception {
        SigningKey key = SigningKey.of(KeyType.ED25519, hex(PKCS8 + seed), hex(publicKey));

        assertThat(key.sign(hex(message))).isEqualTo(hex(signature));
        assertThat(key.pkcs8()).isEqualTo(hex(PKCS8 + seed));
    }

    @Test
    void signsAsTheJavaRuntimeDoesWhichReadsTheKey() throws Exception {
        SigningKey ours = SigningKey.generate(KeyType.ED25519, new SecureRandom());
        KeyFactory keys = KeyFactory.getInstance("Ed25519");
        PrivateKey theirs = keys.generatePrivate(new PKCS8EncodedKeySpec(ours.pkcs8()));

        for (int length : new int[] {0, 1, 63, 64, 65, 111, 112, 127, 128, 129, 20_000}) {
            byte[] message = new byte[length];
            byte[] signature = ours.sign(message);
            assertThat(signature).isEqualTo(signed(theirs, message));
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(keys.generatePublic(new X509EncodedKeySpec(KeyType.ED25519.spki(ours.rawPublicKey()))));
            verifier.update(message);
            assertThat(verifier.verify(signature)).isTrue();
        }
    }

    @Test
    void readsAKeyThatTheJavaRuntimeMade() throws Exception {
        KeyPair theirs = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] publicKey = Ed25519.raw(theirs.getPublic().getEncoded()).orElseThrow();

        SigningKey ours = SigningKey.of(KeyType.ED25519, theirs.getPrivate().getEncoded(), publicKey);

        assertThat(ours.sign(MESSAGE)).isEqualTo(signed(theirs.getPrivate(), MESSAGE));
        assertThat(ours.publicKey().verifies(MESSAGE, signed(theirs.getPrivate(), MESSAGE)))
                .isTrue();
    }

    // Signed with another key's public half, one message would give the private key away.
    @Test
    void aPublicKeyThatIsNotItsOwnIsRefused() {
        byte[] other = hex(KEY);
        other[0] ^= 1;

        for (byte[] wrong : new byte[][] {other, Arrays.copyOf(hex(KEY), 31), new byte[0]}) {
            assertThatThrownBy(() -> SigningKey.of(KeyType.ED25519, hex(PKCS8 + SEED), wrong))
                    .isInstanceOf(InvalidKeyException.class)
                    .hasMessageNotContaining(SEED.substring(0, 8));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        SEED,
        PKCS8 + SEED + "00",
        "302e020100300506032b656e04220420" + SEED,
        "302e020101300506032b657004220420" + SEED
    })
    void whatIsNoSeedInItsOneFormIsRefused(String pkcs8) {
        assertThatThrownBy(() -> SigningKey.of(KeyType.ED25519, hex(pkcs8), hex(KEY)))
                .isInstanceOf(InvalidKeySpecException.class);
    }

    @Test
    void whoeverGetsTheKeyWipesACopy() throws Exception {
        byte[] pkcs8 = hex(PKCS8 + SEED);
        SigningKey key = SigningKey.of(KeyType.ED25519, pkcs8, hex(KEY));
        byte[] before = key.sign(MESSAGE);

        Arrays.fill(pkcs8, (byte) 0);
        Arrays.fill(key.pkcs8(), (byte) 0);
        Arrays.fill(key.rawPublicKey(), (byte) 0);

        assertThat(key.sign(MESSAGE)).isEqualTo(before);
    }

    private static byte[] signed(PrivateKey key, byte[] message) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(message);
        return signature.sign();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
