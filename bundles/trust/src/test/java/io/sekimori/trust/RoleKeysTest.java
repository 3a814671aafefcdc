package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** TUF 4.2.2 and 5.3.4, rule G3: who counts towards a threshold. */
class RoleKeysTest {

    private static final Map<String, Object> SIGNED = Map.of("_type", "timestamp");

    private final TestKey one = new TestKey();
    private final TestKey two = new TestKey();
    private final TestKey stranger = new TestKey();
    private final RoleKeys both = RoleKeys.of(2, one.publicKey(), two.publicKey());

    @Test
    void everyKeyThatSignedCounts() throws Exception {
        assertThat(both.signedBy(envelope(List.of(signature(one), signature(two)))))
                .isEqualTo(2);
    }

    @Test
    void asManySignersAsAreNeededAreEnough() {
        assertThat(both.enough(List.of(one, two))).isTrue();
        assertThat(both.enough(List.of(one, stranger))).isFalse();
        assertThat(both.enough(List.of(one, one))).isFalse();
        assertThat(RoleKeys.of(1, one.publicKey(), two.publicKey()).enough(List.of(one, two)))
                .isTrue();
        assertThat(RoleKeys.of(1, one.publicKey()).enough(List.of())).isFalse();
    }

    @Test
    void aKeyListedTwiceCountsOnce() throws Exception {
        assertThat(both.signedBy(envelope(List.of(signature(one), signature(one)))))
                .isEqualTo(1);
    }

    @Test
    void aKeyUnderTwoIdsCountsOnce() throws Exception {
        Map<String, Object> decorated = new HashMap<>(one.publicKey().json());
        decorated.put("x-comment", "the same key with another id");
        TufKey twin = TufKey.parse(JsonObject.parse(JsonText.bytes(decorated)));
        Map<String, String> twinSignature =
                Map.of("keyid", twin.keyId(), "sig", signature(one).get("sig"));

        assertThat(twin.keyId()).isNotEqualTo(one.publicKey().keyId());
        assertThat(RoleKeys.of(2, one.publicKey(), twin).signedBy(envelope(List.of(signature(one), twinSignature))))
                .isEqualTo(1);
    }

    @Test
    void strangersDoNotCountAndDoNoHarm() throws Exception {
        assertThat(both.signedBy(envelope(List.of(signature(stranger), signature(one), signature(two)))))
                .isEqualTo(2);
        assertThat(both.signedBy(envelope(List.of(signature(stranger))))).isZero();
    }

    @Test
    void badSignaturesBesideEnoughGoodOnesDoNoHarm() throws Exception {
        Map<String, String> bad =
                Map.of("keyid", two.publicKey().keyId(), "sig", signature(one).get("sig"));
        Map<String, String> empty = Map.of("keyid", two.publicKey().keyId(), "sig", "");
        Map<String, String> noHex = Map.of("keyid", two.publicKey().keyId(), "sig", "soon");

        assertThat(both.signedBy(envelope(List.of(signature(one), bad)))).isEqualTo(1);
        assertThat(both.signedBy(envelope(List.of(empty, signature(one))))).isEqualTo(1);
        assertThat(both.signedBy(envelope(List.of(noHex, signature(one))))).isEqualTo(1);
    }

    @Test
    void keysOfUnknownSchemesVerifyNothingAndDoNoHarm() throws Exception {
        TufKey unknown = TufKey.parse(JsonObject.parse(
                JsonText.bytes(Map.of("keytype", "ml-dsa", "scheme", "ml-dsa-65", "keyval", Map.of("public", "00")))));
        RoleKeys keys = RoleKeys.of(1, unknown, one.publicKey());
        Map<String, String> theirs = Map.of("keyid", unknown.keyId(), "sig", "00");

        assertThat(keys.signedBy(envelope(List.of(theirs, signature(one))))).isEqualTo(1);
        assertThat(keys.signedBy(envelope(List.of(theirs)))).isZero();
    }

    @Test
    void aKnownTypeWithAnotherSchemeVerifiesNothing() throws Exception {
        Map<String, Object> json = new HashMap<>(one.publicKey().json());
        json.put("scheme", "ed25519ph");
        TufKey other = TufKey.parse(JsonObject.parse(JsonText.bytes(json)));

        assertThat(other.verifies(new byte[0], one.sign(new byte[0]))).isFalse();
    }

    @Test
    void theIdOfAKeyIsTheHashOfItsCanonicalForm() {
        TufKey key = TufKey.ed25519(new byte[32]);

        String canonical =
                "{\"keytype\":\"ed25519\",\"keyval\":{\"public\":\"" + "0".repeat(64) + "\"},\"scheme\":\"ed25519\"}";
        assertThat(key.keyId()).isEqualTo(Sha256.hex(canonical.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Test
    void aThresholdBelowOneIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> RoleKeys.of(0, one.publicKey()));
    }

    @Test
    void takingAKeyAwayIsARotationAndAddingOneIsNot() {
        RoleKeys alone = RoleKeys.of(1, one.publicKey());

        assertThat(alone.rotatedSince(both)).isTrue();
        assertThat(both.rotatedSince(alone)).isFalse();
    }

    private static Map<String, String> signature(TestKey key) throws Exception {
        return Map.of("keyid", key.publicKey().keyId(), "sig", Hex.encode(key.sign(CanonicalJson.bytes(SIGNED))));
    }

    private static Envelope envelope(List<Map<String, String>> signatures) throws Exception {
        Map<String, Object> file = Map.of("signed", SIGNED, "signatures", signatures);
        return Envelope.parse("test", Document.TIMESTAMP, JsonText.bytes(file));
    }
}
