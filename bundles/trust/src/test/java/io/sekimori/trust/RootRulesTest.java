package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertAccepted;
import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.NOW;
import static io.sekimori.trust.World.later;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TUF 5.2 and 5.3, rules R1 to R7. */
class RootRulesTest {

    private static final Duration ROOT_LIFETIME = Lifetimes.DEFAULT.root();

    @TempDir
    Path directory;

    private World world;

    @BeforeEach
    void aReadyWorld() throws Exception {
        world = World.ready(directory);
    }

    @Test
    void rootsAreFollowedOneByOneAndKept() throws Exception {
        rotate(world.releaseRoles());
        rotate(world.releaseRoles());

        assertAccepted(world.verdict(NOW));

        Map<String, byte[]> files = world.releases.files();
        Path kept = world.state().resolve("release");
        assertThat(Files.readAllBytes(kept.resolve("2.root.json"))).isEqualTo(files.get("2.root.json"));
        assertThat(Files.readAllBytes(kept.resolve("3.root.json"))).isEqualTo(files.get("3.root.json"));
    }

    @Test
    void aRootThatItsPredecessorDidNotSignIsRefused() throws Exception {
        Map<Role, RoleKeys> taken = world.releaseRoles();
        taken.put(Role.ROOT, RoleKeys.of(1, world.mallory.publicKey()));

        assertRefused(
                offered("2.root.json", forgedRoot(2, taken, world.mallory)), TrustCode.ROOT_NOT_SIGNED_BY_PREDECESSOR);
    }

    @Test
    void aRootThatItsOwnKeysDidNotSignIsRefused() throws Exception {
        Map<Role, RoleKeys> others = world.releaseRoles();
        others.put(Role.ROOT, RoleKeys.of(1, new TestKey().publicKey()));

        assertRefused(
                offered("2.root.json", forgedRoot(2, others, world.rootKey)), TrustCode.ROOT_NOT_SIGNED_BY_ITSELF);
    }

    @Test
    void aRootThatSkipsAVersionIsRefused() throws Exception {
        assertRefused(
                offered("2.root.json", forgedRoot(3, world.releaseRoles(), world.rootKey)), TrustCode.ROOT_VERSION);
    }

    @Test
    void aRootOfAnotherVersionIsToldWithBoth() throws Exception {
        Acceptance verdict = offered("2.root.json", forgedRoot(4, world.releaseRoles(), world.rootKey));

        assertThat(((Acceptance.Refused) verdict).refusal().detail()).contains("version 4 instead of 2");
    }

    @Test
    void theVersionThatLastTookAKeyOfTheTargetsAwayIsKnown() throws Exception {
        assertThat(followed().targetsKeysSince()).isEqualTo(1);

        Map<Role, RoleKeys> more = world.releaseRoles();
        TestKey second = new TestKey();
        more.put(Role.TARGETS, RoleKeys.of(1, world.targetsKey.publicKey(), second.publicKey()));
        rotate(more);
        assertThat(followed().targetsKeysSince()).isEqualTo(1);

        Map<Role, RoleKeys> fewer = world.releaseRoles();
        fewer.put(Role.TARGETS, RoleKeys.of(1, second.publicKey()));
        rotate(fewer);
        rotate(fewer);
        assertThat(followed().current().version()).isEqualTo(4);
        assertThat(followed().targetsKeysSince()).isEqualTo(3);
    }

    @Test
    void aRootOfTheSameVersionIsRefused() throws Exception {
        assertRefused(
                offered("2.root.json", forgedRoot(1, world.releaseRoles(), world.rootKey)), TrustCode.ROOT_VERSION);
    }

    @Test
    void anExpiredRootIsRefusedEvenIfNothingChanged() throws Exception {
        assertAccepted(world.verdict(NOW));

        assertRefused(world.verdict(NOW.plus(ROOT_LIFETIME)), TrustCode.EXPIRED_ROOT);
    }

    @Test
    void anExpiredRootOnTheWayDoesNotMatter() throws Exception {
        world.releases.newRoot(world.releaseRoles(), List.of(world.rootKey), shortRoot(), NOW);
        rotate(world.releaseRoles());

        assertAccepted(world.verdict(later(2)));
    }

    @Test
    void theAnchorMayHaveExpired() throws Exception {
        Instant late = NOW.plus(ROOT_LIFETIME).plusSeconds(1);
        world.releases.newRoot(world.releaseRoles(), List.of(world.rootKey), Lifetimes.DEFAULT, late);
        world.director.newRoot(world.directorRoles(), List.of(world.directorRootKey), Lifetimes.DEFAULT, late);
        world.publish(late);
        world.assign(late);

        assertAccepted(world.verdict(late));
    }

    @Test
    void oneUpdateFollowsABoundedNumberOfRootsAndTheNextGoesOn() throws Exception {
        Map<Role, RoleKeys> roles = world.releaseRoles();
        for (int i = 0; i <= RootChain.MAX_NEW_ROOTS; i++) {
            rotate(roles, i + 2);
        }

        assertRefused(world.verdict(NOW), TrustCode.ROOT_TOO_MANY);
        assertAccepted(world.verdict(NOW));
    }

    @Test
    void aRootKeptOnTheUnitThatIsTornRefuses() throws Exception {
        rotate(world.releaseRoles());
        assertAccepted(world.verdict(NOW));
        Path kept = world.state().resolve("release/2.root.json");
        byte[] whole = Files.readAllBytes(kept);

        Files.write(kept, Arrays.copyOf(whole, whole.length / 2));
        assertRefused(world.verdict(NOW), TrustCode.STATE_ROOT_BROKEN);
        Files.write(kept, new byte[0]);
        assertRefused(world.verdict(NOW), TrustCode.STATE_ROOT_BROKEN);
    }

    @Test
    void aRootSlippedIntoTheStateRefuses() throws Exception {
        Map<Role, RoleKeys> taken = world.releaseRoles();
        taken.put(Role.TARGETS, RoleKeys.of(1, world.mallory.publicKey()));
        Files.createDirectories(world.state().resolve("release"));
        Files.write(world.state().resolve("release/2.root.json"), forgedRoot(2, taken, world.mallory));

        assertRefused(world.verdict(NOW), TrustCode.STATE_ROOT_BROKEN);
    }

    @Test
    void anAnchorThatIsNoSignedRootRefuses() throws Exception {
        byte[] unsigned = SignedFile.bytes(Forgery.signed(world.releases.anchor()), List.of());

        assertRefused(withAnchor(unsigned), TrustCode.ANCHOR_BROKEN);
        assertRefused(withAnchor(new byte[0]), TrustCode.ANCHOR_BROKEN);
        assertRefused(withAnchor(world.director.anchor()), TrustCode.ANCHOR_BROKEN);
    }

    @Test
    void aKeyUnderAnotherIdThanItsHashIsRefused() throws Exception {
        Map<String, Object> root = Forgery.signed(forgedRoot(2, world.releaseRoles(), world.rootKey));
        Map<String, Object> keys = Forgery.object(root, "keys");
        Object key = keys.remove(world.targetsKey.publicKey().keyId());
        keys.put("0".repeat(64), key);
        Forgery.object(root, "roles", "targets").put("keyids", List.of("0".repeat(64)));

        assertRefused(offered("2.root.json", SignedFile.bytes(root, List.of(world.rootKey))), TrustCode.KEY_ID_WRONG);
    }

    @Test
    void fastForwardedTimestampsAreForgottenWhenTheirKeyIsTakenAway() throws Exception {
        Instant future = NOW.plus(Duration.ofDays(20));
        world.releases.renew(List.of(world.snapshotKey, world.timestampKey), Lifetimes.DEFAULT, future);
        assertAccepted(world.verdict(NOW));
        Forgery ahead = new Forgery(world);
        ahead.timestamp.put("version", Long.MAX_VALUE);
        assertAccepted(world.verdict(ahead.files(), NOW));
        assertRefused(world.verdict(NOW), TrustCode.TIMESTAMP_ROLLBACK);

        Map<Role, RoleKeys> recovered = world.releaseRoles();
        TestKey fresh = new TestKey();
        recovered.put(Role.TIMESTAMP, RoleKeys.of(1, fresh.publicKey()));
        rotate(recovered);
        world.releases.renew(List.of(world.snapshotKey, fresh), Lifetimes.DEFAULT, NOW);

        assertAccepted(world.verdict(NOW));
    }

    @Test
    void aFastForwardedSnapshotIsForgottenWhenItsKeyIsTakenAway() throws Exception {
        Forgery ahead = new Forgery(world);
        ahead.snapshot.put("version", Long.MAX_VALUE);
        Map<String, byte[]> files = ahead.files();
        assertAccepted(world.verdict(files, NOW));
        world.publish(later(1));
        assertRefused(world.verdict(later(1)), TrustCode.TIMESTAMP_SNAPSHOT_ROLLBACK);

        Map<Role, RoleKeys> recovered = world.releaseRoles();
        TestKey fresh = new TestKey();
        recovered.put(Role.SNAPSHOT, RoleKeys.of(1, fresh.publicKey()));
        rotate(recovered);
        world.releases.renew(List.of(fresh, world.timestampKey), Lifetimes.DEFAULT, later(2));

        assertAccepted(world.verdict(later(2)));
    }

    @Test
    void aKeyThatIsAddedForgetsNothing() throws Exception {
        world.publish(later(1));
        assertAccepted(world.verdict(later(1)));
        Map<String, byte[]> old = world.releases.files();
        world.publish(later(5));
        assertAccepted(world.verdict(later(5)));

        Map<Role, RoleKeys> more = world.releaseRoles();
        more.put(Role.TIMESTAMP, RoleKeys.of(1, world.timestampKey.publicKey(), new TestKey().publicKey()));
        rotate(more);
        old.put("2.root.json", world.releases.files().get("2.root.json"));

        assertRefused(world.verdict(old, later(5)), TrustCode.TIMESTAMP_ROLLBACK);
    }

    @Test
    void withoutConsistentSnapshotsFilesHavePlainNames() throws Exception {
        Map<String, Object> root = Forgery.signed(forgedRoot(2, world.releaseRoles(), world.rootKey));
        root.put("consistent_snapshot", false);
        Map<String, byte[]> files = world.releases.files();
        files.put("2.root.json", SignedFile.bytes(root, List.of(world.rootKey)));
        files.put("targets.json", files.remove("1.targets.json"));
        String snapshot = files.keySet().stream()
                .filter(name -> name.endsWith(".snapshot.json"))
                .findFirst()
                .orElseThrow();
        files.put("snapshot.json", files.remove(snapshot));

        assertAccepted(world.verdict(files, NOW));
    }

    @Test
    void theDirectorsRootsObeyTheSameRules() throws Exception {
        Map<Role, RoleKeys> next = world.directorRoles();
        TestKey fresh = new TestKey();
        next.put(Role.TARGETS, RoleKeys.of(1, fresh.publicKey()));
        world.director.newRoot(next, List.of(world.directorRootKey), Lifetimes.DEFAULT, NOW);

        assertRefused(world.verdict(NOW), TrustCode.ASSIGNMENT_SIGNATURES);

        AssignmentDraft draft = new AssignmentDraft(
                World.DEVICE, World.MODEL, List.of(Assigned.of(world.release(World.ALPHA, "1.0.0"), 10)), Map.of());
        world.director.assign(draft, List.of(fresh), Lifetimes.DEFAULT, NOW);

        assertRefused(world.verdict(NOW.plus(ROOT_LIFETIME)), TrustCode.EXPIRED_ROOT);
    }

    /** A stick that was filled before the keys were replaced and one that was forged look the same: the advice says both. */
    @Test
    void aPackThatIsOlderThanTheRootsIsRefusedWithTheWayToANewOne() throws Exception {
        Map<String, byte[]> oldReleases = world.releases.files();
        MetadataSource oldAssignment = World.source(Map.of(
                "targets.json",
                world.director
                        .metadata(World.DEVICE)
                        .fetch("targets.json", 1 << 20)
                        .orElseThrow()));
        TestKey director = new TestKey();
        TestKey timestamp = new TestKey();
        Map<Role, RoleKeys> directorRoles = world.directorRoles();
        directorRoles.put(Role.TARGETS, RoleKeys.of(1, director.publicKey()));
        world.director.newRoot(directorRoles, List.of(world.directorRootKey), Lifetimes.DEFAULT, NOW);
        Map<Role, RoleKeys> releaseRoles = world.releaseRoles();
        releaseRoles.put(Role.TIMESTAMP, RoleKeys.of(1, timestamp.publicKey()));
        rotate(releaseRoles);
        world.releases.renew(List.of(world.snapshotKey, timestamp), Lifetimes.DEFAULT, NOW);
        AssignmentDraft draft = new AssignmentDraft(
                World.DEVICE, World.MODEL, List.of(Assigned.of(world.release(World.ALPHA, "1.0.0"), 10)), Map.of());
        world.director.assign(draft, List.of(director), Lifetimes.DEFAULT, NOW);
        assertAccepted(world.verdict(NOW));

        assertRefused(world.verdict(World.source(oldReleases), oldAssignment, NOW), TrustCode.ASSIGNMENT_SIGNATURES);
        assertRefused(world.verdict(oldReleases, NOW), TrustCode.TIMESTAMP_SIGNATURES);
        assertAccepted(world.verdict(NOW));
        for (TrustCode code : List.of(TrustCode.ASSIGNMENT_SIGNATURES, TrustCode.TIMESTAMP_SIGNATURES)) {
            assertThat(code.advice(Locale.ENGLISH)).contains("sekimori gateways pack", "do not use this source");
            assertThat(code.advice(Locale.JAPANESE)).contains("sekimori gateways pack", "この入手元は使わず");
        }
    }

    @Test
    void aRootOfTheReleasesIsNotOneOfTheDirector() throws Exception {
        MetadataSource mixed = (name, maxBytes) -> name.equals("2.root.json")
                ? Optional.of(forgedRoot(2, world.releaseRoles(), world.rootKey))
                : world.director.metadata(World.DEVICE).fetch(name, maxBytes);

        assertRefused(world.verdict(world.releases.metadata(), mixed, NOW), TrustCode.ROOT_NOT_SIGNED_BY_PREDECESSOR);
    }

    private RootChain followed() throws Exception {
        TrustedFiles kept =
                new TrustedDirectory(Files.createDirectories(world.state().resolve("release")));
        RootChain chain =
                RootChain.load(Repository.RELEASE, world.releases.anchor(), kept, TrustCode.STATE_ROOT_BROKEN);
        chain.follow(new Fetch(Repository.RELEASE, world.releases.metadata()));
        return chain;
    }

    private Acceptance withAnchor(byte[] anchor) throws Exception {
        return new UpdateVerifier(world.state(), anchor, world.director.anchor())
                .verify(world.releases.metadata(), world.director.metadata(World.DEVICE), World.UNIT, Map.of(), NOW);
    }

    private Acceptance offered(String name, byte[] bytes) throws Exception {
        Map<String, byte[]> files = world.releases.files();
        files.put(name, bytes);
        return world.verdict(files, NOW);
    }

    private byte[] forgedRoot(long version, Map<Role, RoleKeys> roles, TestKey signer) throws IOException {
        return new RootFiles(Repository.RELEASE, new MetadataDirectory(directory))
                .bytes(version, roles, List.of(signer), NOW, NOW.plus(ROOT_LIFETIME));
    }

    private void rotate(Map<Role, RoleKeys> roles) throws Exception {
        world.releases.newRoot(roles, List.of(world.rootKey), Lifetimes.DEFAULT, NOW);
    }

    // Written directly: the publisher's own check walks the whole chain each time.
    private void rotate(Map<Role, RoleKeys> roles, long version) throws Exception {
        Files.write(
                directory.resolve("releases/metadata/" + version + ".root.json"),
                forgedRoot(version, roles, world.rootKey));
    }

    private static Lifetimes shortRoot() {
        Lifetimes usual = Lifetimes.DEFAULT;
        return new Lifetimes(
                Duration.ofMinutes(1), usual.timestamp(), usual.snapshot(), usual.targets(), usual.assignment());
    }
}
