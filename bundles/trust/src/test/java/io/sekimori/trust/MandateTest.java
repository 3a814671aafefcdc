package io.sekimori.trust;

import static io.sekimori.trust.World.NOW;
import static io.sekimori.trust.World.later;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose requests a gateway follows. */
class MandateTest {

    private static final String GATEWAY = "g-aaaaaaaaaaaa";

    @TempDir
    private Path directory;

    private World world;
    private MandateVerifier verifier;

    @BeforeEach
    void aWorld() throws Exception {
        world = new World(directory);
        verifier = new MandateVerifier(world.state(), world.director.anchor());
    }

    @Test
    void whatTheDirectorSignedForThisUnitIsFollowed() throws Exception {
        Mandate mandate = mandate(GATEWAY, World.DEVICE);

        Mandate read = verifier.verify(signed(mandate, world.directorKey), GATEWAY, World.DEVICE, NOW);

        assertThat(read.person()).isEqualTo("person:alice");
        assertThat(read.counter()).isEqualTo(7);
        assertThat(read.content()).isEqualTo(Map.of("reason", "because"));
        assertThat(read.toString()).contains("settings.change").doesNotContain("because");
    }

    @Test
    void anotherSignerIsRefused() throws Exception {
        Mandate mandate = mandate(GATEWAY, World.DEVICE);

        assertThat(refusal(SignedFile.bytes(mandate.json(), List.of(world.mallory)), NOW))
                .isEqualTo(TrustCode.MANDATE_SIGNATURE);
        assertThat(refusal(SignedFile.bytes(mandate.json(), List.of(world.targetsKey)), NOW))
                .isEqualTo(TrustCode.MANDATE_SIGNATURE);
        assertThat(refusal(SignedFile.bytes(mandate.json(), List.of(world.directorRootKey)), NOW))
                .isEqualTo(TrustCode.MANDATE_SIGNATURE);
    }

    /** A root that is still to be followed may name other keys, or need fewer. */
    @Test
    void whatNoMistakeExplainsIsForged() throws Exception {
        Map<String, Object> mandate = mandate(GATEWAY, World.DEVICE).json();
        byte[] good = SignedFile.bytes(mandate, List.of(world.directorKey));
        String changed = new String(good, StandardCharsets.UTF_8).replace("alice", "mallory");

        assertThat(verifier.isForged(changed.getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(verifier.isForged(SignedFile.bytes(mandate, List.of()))).isTrue();
        assertThat(verifier.isForged(good)).isFalse();
        assertThat(verifier.isForged(SignedFile.bytes(mandate, List.of(world.mallory))))
                .isFalse();
        assertThat(verifier.isForged(SignedFile.bytes(mandate, List.of(world.directorKey, world.mallory))))
                .isFalse();
        assertThat(verifier.isForged("{}".getBytes(StandardCharsets.UTF_8))).isFalse();
    }

    @Test
    void oneForAnotherUnitIsRefused() throws Exception {
        assertThat(refusal(signed(mandate("g-bbbbbbbbbbbb", World.DEVICE), world.directorKey), NOW))
                .isEqualTo(TrustCode.MANDATE_OTHER_UNIT);
        assertThat(refusal(signed(mandate(GATEWAY, "e".repeat(64)), world.directorKey), NOW))
                .isEqualTo(TrustCode.MANDATE_OTHER_UNIT);
    }

    @Test
    void oneWhoseTimeIsOverIsRefused() throws Exception {
        byte[] mandate = signed(mandate(GATEWAY, World.DEVICE), world.directorKey);

        assertThat(refusal(mandate, NOW.plus(Duration.ofMinutes(6)))).isEqualTo(TrustCode.MANDATE_EXPIRED);
    }

    @Test
    void oneMayBeBegunUntilItsEnd() throws Exception {
        byte[] mandate = signed(mandate(GATEWAY, World.DEVICE), world.directorKey);
        Instant end = NOW.plus(Duration.ofMinutes(5));

        assertThat(verifier.verify(mandate, GATEWAY, World.DEVICE, end).expires())
                .isEqualTo(end);
        assertThat(refusal(mandate, end.plusSeconds(1))).isEqualTo(TrustCode.MANDATE_EXPIRED);
    }

    @Test
    void aDirectorWhoseRootHasExpiredAsksNothing() throws Exception {
        Instant late = NOW.plus(Lifetimes.DEFAULT.root());
        Mandate mandate = lasting("person:alice", 7, late, late.plusSeconds(60));

        assertThat(refusal(SignedFile.bytes(mandate.json(), List.of(world.directorKey)), late))
                .isEqualTo(TrustCode.EXPIRED_ROOT);
    }

    @Test
    void whatIsNoMandateIsRefused() throws Exception {
        world.add(World.ALPHA, "1.0.0", 1, 0);
        world.publish(NOW);
        world.assign(NOW);

        assertThat(refusal(world.director.files(World.DEVICE).get("targets.json"), NOW))
                .isEqualTo(TrustCode.MANDATE_MALFORMED);
        assertThat(refusal("{}".getBytes(StandardCharsets.UTF_8), NOW)).isEqualTo(TrustCode.MANDATE_MALFORMED);
        assertThat(refusal(new byte[Mandate.MAX_BYTES + 1], NOW)).isEqualTo(TrustCode.MANDATE_MALFORMED);
        Map<String, Object> long2 = new HashMap<>(mandate(GATEWAY, World.DEVICE).json());
        long2.put("expires", TufTime.format(NOW.plus(Duration.ofHours(2))));
        assertThat(refusal(SignedFile.bytes(long2, List.of(world.directorKey)), NOW))
                .isEqualTo(TrustCode.MANDATE_MALFORMED);
    }

    @Test
    void aMandateIsNoAssignment() throws Exception {
        byte[] mandate = signed(mandate(GATEWAY, World.DEVICE), world.directorKey);

        assertThat(((Acceptance.Refused) world.verdict(
                                world.releases.metadata(), World.source(Map.of("targets.json", mandate)), NOW))
                        .refusal()
                        .code())
                .isNotNull();
    }

    @Test
    void aDirectorWithoutItsKeySignsNone() {
        assertThat(catchThrowableOfType(
                                TrustException.class, () -> signed(mandate(GATEWAY, World.DEVICE), world.mallory))
                        .refusal()
                        .code())
                .isEqualTo(PublishCode.TOO_FEW_SIGNATURES);
    }

    @Test
    void partsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> mandate("g-1", World.DEVICE));
        assertThatIllegalArgumentException().isThrownBy(() -> mandate(GATEWAY, "e"));
        assertThatIllegalArgumentException().isThrownBy(() -> lasting("", 7, NOW, later(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> lasting("p".repeat(201), 7, NOW, later(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> lasting("p", 0, NOW, later(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> lasting("p", 7, NOW, NOW));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lasting("p", 7, NOW, later(60).plusSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> named("", "settings.change"));
        assertThatIllegalArgumentException().isThrownBy(() -> named("c 1", "settings.change"));
        assertThatIllegalArgumentException().isThrownBy(() -> named("c-1", "settings change"));
    }

    @Test
    void theLargestPartsAreStillAllowed() {
        assertThat(lasting("p".repeat(200), 1, NOW, later(60)).person()).hasSize(200);
        assertThat(lasting("p", 1, NOW, later(60)).counter()).isEqualTo(1);
        assertThat(named("A".repeat(64), "a".repeat(64)).id()).hasSize(64);
    }

    private TrustCode refusal(byte[] bytes, Instant now) {
        return (TrustCode)
                catchThrowableOfType(TrustException.class, () -> verifier.verify(bytes, GATEWAY, World.DEVICE, now))
                        .refusal()
                        .code();
    }

    private byte[] signed(Mandate mandate, Signer signer) throws Exception {
        Map<String, byte[]> files = new HashMap<>();
        OnlineDirector director = new OnlineDirector(new MetadataFiles() {
            @Override
            public void save(String name, byte[] bytes) {
                files.put(name, bytes);
            }

            @Override
            public java.util.Optional<byte[]> fetch(String name, int maxBytes) {
                return java.util.Optional.ofNullable(files.get(name));
            }
        });
        director.begin(world.director.anchor());
        return director.mandate(mandate, List.of(signer));
    }

    private static Mandate lasting(String person, long counter, Instant issued, Instant expires) {
        return new Mandate("c-1", person, "settings.change", GATEWAY, World.DEVICE, counter, issued, expires, Map.of());
    }

    private static Mandate named(String id, String action) {
        return new Mandate(id, "p", action, GATEWAY, World.DEVICE, 7, NOW, later(5), Map.of());
    }

    static Mandate mandate(String gateway, String device) {
        return new Mandate(
                "c-1",
                "person:alice",
                "settings.change",
                gateway,
                device,
                7,
                NOW,
                NOW.plus(Duration.ofMinutes(5)),
                Map.of("reason", "because"));
    }
}
