package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** TUF 4.3: how many keys of a role must have signed, and what is said when they have not. */
class ThresholdTest {

    private static final Map<String, Object> SIGNED = Map.of("_type", "timestamp");
    private static final TufKey UNKNOWN = new TufKey("a".repeat(64), "slh-dsa", "slh-dsa", "00");

    private final TestKey one = new TestKey();
    private final TestKey two = new TestKey();
    private final TestKey stranger = new TestKey();

    @Test
    void soManyAsTheThresholdAreEnoughAndOneLessIsNot() throws Exception {
        RoleKeys both = RoleKeys.of(2, one.publicKey(), two.publicKey());

        assertThatCode(() -> both.requireSigned(envelope(one, two), TrustCode.TIMESTAMP_SIGNATURES))
                .doesNotThrowAnyException();
        assertThat(both.progress(envelope(one, two))).isEqualTo(new SigningProgress(2, 2));
        assertThat(both.progress(envelope(one, two)).complete()).isTrue();
        assertRefused(
                () -> both.requireSigned(envelope(one, stranger), TrustCode.TIMESTAMP_SIGNATURES),
                TrustCode.TIMESTAMP_SIGNATURES);
        assertThat(both.progress(envelope(one, stranger))).isEqualTo(new SigningProgress(1, 2));
        assertThat(both.progress(envelope(one)).complete()).isFalse();
    }

    /** A root is signed by enough keys of the one before and of its own: who holds a key of both signs once. */
    @Test
    void ofTwoRolesPeopleAreCounted() throws Exception {
        TestKey three = new TestKey();
        RoleKeys before = RoleKeys.of(1, one.publicKey());
        RoleKeys next = RoleKeys.of(2, one.publicKey(), two.publicKey(), three.publicKey());

        assertThat(CommonProgress.of(List.of(before, next), envelope())).isEqualTo(new SigningProgress(0, 2));
        assertThat(CommonProgress.of(List.of(before, next), envelope(one))).isEqualTo(new SigningProgress(1, 2));
        assertThat(CommonProgress.of(List.of(before, next), envelope(two))).isEqualTo(new SigningProgress(1, 2));
        assertThat(CommonProgress.of(List.of(before, next), envelope(two, three)))
                .isEqualTo(new SigningProgress(2, 3));
        assertThat(CommonProgress.of(List.of(before, next), envelope(one, three)))
                .isEqualTo(new SigningProgress(2, 2));
        assertThat(CommonProgress.of(List.of(before, next), envelope(one, two, three)))
                .isEqualTo(new SigningProgress(2, 2));
        assertThat(CommonProgress.of(List.of(next, next), envelope(one, stranger)))
                .isEqualTo(new SigningProgress(1, 2));
        assertThat(CommonProgress.of(List.of(before, RoleKeys.of(1, two.publicKey())), envelope(one)))
                .isEqualTo(new SigningProgress(1, 2));
        assertThat(CommonProgress.of(List.of(before), envelope(one))).isEqualTo(new SigningProgress(1, 1));
    }

    @Test
    void whereTheSchemesThatAreKnownCannotBeEnoughThatIsSaid() throws Exception {
        RoleKeys needsTheUnknown = RoleKeys.of(2, one.publicKey(), UNKNOWN);
        RoleKeys doesNot = RoleKeys.of(1, one.publicKey(), UNKNOWN);
        RoleKeys cannotAtAll = RoleKeys.of(3, one.publicKey(), UNKNOWN);

        assertRefused(
                () -> needsTheUnknown.requireSigned(envelope(one), TrustCode.TIMESTAMP_SIGNATURES),
                TrustCode.SCHEME_UNKNOWN);
        for (RoleKeys keys : List.of(doesNot, cannotAtAll)) {
            assertRefused(
                    () -> keys.requireSigned(envelope(stranger), TrustCode.TIMESTAMP_SIGNATURES),
                    TrustCode.TIMESTAMP_SIGNATURES);
        }
    }

    @Test
    void aRoleIsReadWithTheKeysThatAreThere() throws Exception {
        Map<String, TufKey> known = Map.of(one.publicKey().keyId(), one.publicKey());
        Map<String, Object> role = Map.of("keyids", List.of(one.publicKey().keyId(), "b".repeat(64)), "threshold", 1L);

        assertThat(RoleKeys.of(object(role), known)).isEqualTo(RoleKeys.of(1, one.publicKey()));
        assertThat(RoleKeys.of(object(role), known).json())
                .isEqualTo(Map.of("keyids", List.of(one.publicKey().keyId()), "threshold", 1L));
        assertThatThrownBy(() -> RoleKeys.of(object(Map.of("keyids", List.of(), "threshold", 0L)), known))
                .isInstanceOf(MalformedJson.class);
    }

    @Test
    void aListedKeyHasTheIdThatIsItsHash() throws Exception {
        String id = one.publicKey().keyId();

        assertThat(ListedKeys.of(
                        object(Map.of("keys", Map.of(id, one.publicKey().json()))), "root"))
                .isEqualTo(Map.of(id, one.publicKey()));
        assertRefused(
                () -> ListedKeys.of(
                        object(Map.of("keys", Map.of(id, two.publicKey().json()))), "root"),
                TrustCode.KEY_ID_WRONG);
    }

    @Test
    void aKeyKeepsItsIdWithMembersThatAToolAdded() throws Exception {
        Map<String, Object> decorated = new HashMap<>(one.publicKey().json());
        decorated.put("x-owner", "somebody");

        assertThat(TufKey.listed(one.publicKey().keyId(), object(decorated)).keyId())
                .isEqualTo(one.publicKey().keyId());
    }

    @Test
    void aKeyIsTheSameHoweverItIsWritten() {
        TufKey upper = new TufKey(
                "a".repeat(64),
                "ed25519",
                "ed25519",
                one.publicKey().publicValue().toUpperCase(Locale.ROOT));

        assertThat(upper.identity())
                .isEqualTo(one.publicKey().identity())
                .isNotEqualTo(two.publicKey().identity());
        assertThat(UNKNOWN.identity()).isEqualTo("slh-dsa 00");
    }

    @Test
    void onlyTheRolesOwnKeysSignForIt() {
        RoleKeys both = RoleKeys.of(1, one.publicKey(), two.publicKey());

        assertThat(both.among(List.of(stranger, two))).containsExactly(two);
    }

    @Test
    void aKeyOfAnotherLengthIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> TufKey.ed25519(new byte[31]));
        assertThatIllegalArgumentException().isThrownBy(() -> TufKey.mlDsa65(new byte[1_951]));
        assertThatIllegalArgumentException().isThrownBy(() -> new TufKey("a", "ed25519", "ed25519", ""));
        assertThat(new TufKey("a".repeat(64), "ed25519", "ed25519", "00").usable())
                .isFalse();
        assertThat(one.publicKey().usable()).isTrue();
        assertThat(UNKNOWN.usable()).isFalse();
    }

    @Test
    void aThresholdAboveTheLargerKindNeedsBothKinds() {
        TufKey quantum = TufKey.mlDsa65(new byte[MlDsa65.PUBLIC_KEY_BYTES]);
        TufKey[] classical = {plain(1), plain(2)};

        assertThat(quantum.postQuantum()).isTrue();
        assertThat(classical[0].postQuantum()).isFalse();
        assertThat(RoleKeys.leastThreshold(List.of(classical))).isEqualTo(1);
        assertThat(RoleKeys.leastThreshold(List.of(quantum))).isEqualTo(1);
        assertThat(RoleKeys.leastThreshold(List.of(classical[0], quantum))).isEqualTo(2);
        assertThat(RoleKeys.leastThreshold(List.of(classical[0], classical[1], quantum)))
                .isEqualTo(3);
        assertThat(RoleKeys.of(2, classical).hybrid()).isFalse();
        assertThat(RoleKeys.of(2, classical[0], quantum).hybrid()).isTrue();
        assertThat(RoleKeys.of(2, classical[0], classical[1], quantum).hybrid()).isFalse();
        assertThat(RoleKeys.of(3, classical[0], classical[1], quantum).hybrid()).isTrue();
    }

    @Test
    void aKeyOfFourThousandCharactersIsRead() {
        String pem = PublicKeyPem.pem(new byte[] {1, 2, 3});

        assertThat(PublicKeyPem.der(pem + " ".repeat(4_096 - pem.length()))).isPresent();
        assertThat(PublicKeyPem.der(pem + " ".repeat(4_097 - pem.length()))).isEmpty();
    }

    private static TufKey plain(int number) {
        return TufKey.ed25519(ByteBuffer.allocate(32).putInt(number).array());
    }

    private static JsonObject object(Map<String, ?> json) throws MalformedJson {
        return JsonObject.parse(JsonText.bytes(json));
    }

    private static Envelope envelope(TestKey... keys) throws Exception {
        return Envelope.parse(
                "test",
                Document.TIMESTAMP,
                SignedFile.bytes(SIGNED, Arrays.<Signer>stream(keys).toList()));
    }
}
