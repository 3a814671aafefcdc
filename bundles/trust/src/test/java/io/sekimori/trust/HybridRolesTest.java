package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertAccepted;
import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Roles that need a classical and a post-quantum key, and the way of a fleet there. */
class HybridRolesTest {

    @TempDir
    private Path directory;

    private final TestKey rootQuantum = new TestKey(KeyType.ML_DSA_65);
    private final TestKey targetsQuantum = new TestKey(KeyType.ML_DSA_65);
    private World world;

    @BeforeEach
    void aClassicalFleet() throws IOException {
        world = World.ready(directory);
        assertAccepted(world.verdict(NOW));
    }

    @Test
    void aFleetGoesFromClassicalToHybridByARoot() throws IOException {
        migrate();

        assertAccepted(world.verdict(NOW));
        assertThat(world.releases.roles().get(Role.ROOT).hybrid()).isTrue();
        assertThat(world.releases.roles().get(Role.TARGETS).hybrid()).isTrue();
        // The start of a generation checks what was frozen with it again.
        assertThat(world.evidence().verify(world.releases.anchor(), world.director.anchor()))
                .isInstanceOf(Vouching.Vouched.class);

        world.add(World.ALPHA, "1.1.0", 2, 0);
        publish(world.targetsKey, targetsQuantum);
        world.assign(NOW);
        assertAccepted(world.verdict(NOW));
    }

    @Test
    void whoStoleAllClassicalKeysSignsNothing() throws IOException {
        migrate();
        assertAccepted(world.verdict(NOW));

        assertRefused(world.verdict(targetsSignedBy(world.targetsKey), NOW), TrustCode.TARGETS_SIGNATURES);
        assertRefused(world.verdict(nextRootSignedBy(world.rootKey), NOW), TrustCode.ROOT_NOT_SIGNED_BY_PREDECESSOR);
    }

    @Test
    void whoBrokeThePostQuantumKeysSignsNothingEither() throws IOException {
        migrate();
        assertAccepted(world.verdict(NOW));

        assertRefused(world.verdict(targetsSignedBy(targetsQuantum), NOW), TrustCode.TARGETS_SIGNATURES);
        assertRefused(world.verdict(nextRootSignedBy(rootQuantum), NOW), TrustCode.ROOT_NOT_SIGNED_BY_PREDECESSOR);
    }

    /** As a gateway of before ML-DSA sees a hybrid root: with a scheme that this one does not know. */
    @Test
    void aClientThatCannotCheckANewSchemeSaysSoAndStaysWhereItIs() throws IOException {
        TufKey unknown = ofUnknownScheme();
        Map<Role, RoleKeys> later = world.releaseRoles();
        later.put(Role.ROOT, RoleKeys.of(2, world.rootKey.publicKey(), unknown));

        Map<String, byte[]> files = new HashMap<>(world.releases.files());
        files.put("2.root.json", root(2, later, world.rootKey));

        assertRefused(world.verdict(files, NOW), TrustCode.SCHEME_UNKNOWN);
        assertThat(world.state().resolve("release/2.root.json")).doesNotExist();
        assertAccepted(world.verdict(NOW));
    }

    @Test
    void aKeyOfAnUnknownSchemeBesideEnoughOthersIsNoHarm() throws IOException {
        TufKey unknown = ofUnknownScheme();
        Map<Role, RoleKeys> later = world.releaseRoles();
        later.put(Role.TARGETS, RoleKeys.of(1, world.targetsKey.publicKey(), unknown));
        world.releases.newRoot(later, List.of(world.rootKey), Lifetimes.DEFAULT, NOW);
        publish(world.targetsKey);

        assertAccepted(world.verdict(NOW));
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 1", "3, 0, 1", "0, 2, 1", "1, 1, 2", "2, 1, 3", "1, 3, 4", "2, 2, 3"})
    void theThresholdOfAHybridRoleIsAboveTheLargerKind(int classical, int quantum, int least) {
        List<TufKey> keys = new ArrayList<>();
        for (int i = 0; i < classical; i++) {
            keys.add(new TestKey().publicKey());
        }
        for (int i = 0; i < quantum; i++) {
            keys.add(new TestKey(KeyType.ML_DSA_65).publicKey());
        }
        TufKey[] all = keys.toArray(TufKey[]::new);

        assertThat(RoleKeys.leastThreshold(keys)).isEqualTo(least);
        assertThat(RoleKeys.of(least, all).hybrid()).isEqualTo(least > 1);
        assertThat(RoleKeys.of(Math.max(1, least - 1), all).hybrid()).isFalse();
    }

    private void migrate() throws IOException {
        Map<Role, RoleKeys> hybrid = world.releaseRoles();
        hybrid.put(Role.ROOT, RoleKeys.of(2, world.rootKey.publicKey(), rootQuantum.publicKey()));
        hybrid.put(Role.TARGETS, RoleKeys.of(2, world.targetsKey.publicKey(), targetsQuantum.publicKey()));
        world.releases.newRoot(hybrid, List.of(world.rootKey, rootQuantum), Lifetimes.DEFAULT, NOW);
        publish(world.targetsKey, targetsQuantum);
    }

    private void publish(TestKey... signers) throws IOException {
        world.releases.stageRenewal(Lifetimes.DEFAULT, NOW);
        world.releases.sign(List.of(signers));
        world.releases.publish(List.of(world.snapshotKey, world.timestampKey), Lifetimes.DEFAULT, NOW);
    }

    private Map<String, byte[]> nextRootSignedBy(TestKey... signers) throws IOException {
        Map<Role, RoleKeys> taken = world.releaseRoles();
        Map<String, byte[]> files = new HashMap<>(world.releases.files());
        files.put("3.root.json", root(3, taken, signers));
        return files;
    }

    private byte[] root(long version, Map<Role, RoleKeys> roles, TestKey... signers) throws IOException {
        return new RootFiles(Repository.RELEASE, new MetadataDirectory(directory))
                .bytes(version, roles, List.of(signers), NOW, NOW.plus(Lifetimes.DEFAULT.root()));
    }

    private Map<String, byte[]> targetsSignedBy(TestKey signer) throws IOException {
        Forgery forged = new Forgery(world);
        forged.targetsSigner = signer;
        for (Map<String, Object> file : List.of(forged.targets, forged.snapshot, forged.timestamp)) {
            file.put("version", (Long) file.get("version") + 1);
        }
        return forged.files();
    }

    private static TufKey ofUnknownScheme() {
        try {
            return TufKey.parse(JsonObject.parse(JsonText.bytes(
                    Map.of("keytype", "slh-dsa", "scheme", "slh-dsa-sha2-128s/1", "keyval", Map.of("public", "00")))));
        } catch (MalformedJson e) {
            throw new IllegalStateException(e);
        }
    }
}
