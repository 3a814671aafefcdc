package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertAccepted;
import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.ALPHA;
import static io.sekimori.trust.World.NOW;
import static io.sekimori.trust.World.later;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A console takes what publishers signed, and gateways accept what it makes of it. */
class OnlineReleasesTest {

    @TempDir
    Path directory;

    private final TestKey snapshotKey = new TestKey();
    private final TestKey timestampKey = new TestKey();
    private final Map<String, byte[]> rows = new TreeMap<>();
    private final OnlineReleases online = new OnlineReleases(new Rows(rows));
    private World world;

    /** Metadata in memory. */
    private record Rows(Map<String, byte[]> rows) implements MetadataFiles {

        @Override
        public Optional<byte[]> fetch(String name, int maxBytes) {
            return Optional.ofNullable(rows.get(name));
        }

        @Override
        public void save(String name, byte[] bytes) {
            rows.put(name, bytes);
        }
    }

    @BeforeEach
    void begin() throws Exception {
        world = World.ready(directory);
        online.begin(world.releases.anchor());
        online.follow(rootNaming(snapshotKey, timestampKey), NOW);
    }

    @Test
    void whatItPublishesIsAcceptedByAGateway() throws Exception {
        publish(world.releases.files().get("1.targets.json"), NOW);

        assertAccepted(world.verdict(World.source(rows), world.director.metadata(World.DEVICE), NOW));
        assertThat(online.facts().releases()).hasSize(2);
        assertThat(online.current()).hasSize(3).contains("timestamp.json", "1.targets.json");
    }

    @Test
    void theSameTargetsAgainAreNothingNew() throws Exception {
        byte[] targets = world.releases.files().get("1.targets.json");
        publish(targets, NOW);

        assertThat(online.judge(targets, NOW)).isEmpty();
    }

    @Test
    void targetsThatNobodySignedAreRefused() throws Exception {
        byte[] forged = SignedFile.bytes(
                Envelope.parse("t", Document.TARGETS, first()).signed.asMap(), List.of(world.mallory));

        assertRefused(() -> online.judge(forged, NOW), TrustCode.TARGETS_SIGNATURES);
    }

    @Test
    void expiredTargetsAreRefused() throws Exception {
        Instant late = NOW.plus(Duration.ofDays(400));

        assertRefused(() -> online.judge(first(), late), TrustCode.EXPIRED_TARGETS);
    }

    @Test
    void anOlderVersionIsRefused() throws Exception {
        byte[] old = first();
        publish(old, NOW);
        world.add(ALPHA, "1.1.0", 2, 0);
        world.publish(later(1));
        publish(world.releases.files().get("2.targets.json"), later(1));

        assertRefused(() -> online.judge(old, later(2)), PublishCode.TARGETS_NOT_NEWER);
    }

    @Test
    void aReleaseThatIsGoneOrOtherIsRefused() throws Exception {
        publish(first(), NOW);
        Release other = new Release(
                Release.pathOf(Kind.BUNDLE, ALPHA, "1.0.0"),
                ALPHA,
                "1.0.0",
                1,
                0,
                0,
                Swap.OVERLAP,
                Kind.BUNDLE,
                5,
                "b".repeat(64),
                List.of());

        assertRefused(() -> online.judge(signed(2, List.of()), NOW), PublishCode.RELEASE_DROPPED);
        assertRefused(
                () -> online.judge(signed(2, List.of(other, world.release(World.BETA, "1.0.0"))), NOW),
                PublishCode.RELEASE_EXISTS);
    }

    @Test
    void aCounterThatDoesNotGrowIsRefused() throws Exception {
        publish(first(), NOW);
        Release alpha = world.release(ALPHA, "1.0.0");
        Release next = new Release(
                Release.pathOf(Kind.BUNDLE, ALPHA, "1.1.0"),
                ALPHA,
                "1.1.0",
                1,
                0,
                0,
                Swap.OVERLAP,
                Kind.BUNDLE,
                5,
                "a".repeat(64),
                List.of());

        assertRefused(
                () -> online.judge(signed(2, List.of(alpha, next, world.release(World.BETA, "1.0.0"))), NOW),
                PublishCode.COUNTER_NOT_GROWING);
    }

    @Test
    void withoutItsKeysNothingIsPublished() {
        assertRefused(
                () -> online.publish(first(), List.of(world.mallory), Lifetimes.DEFAULT, NOW),
                PublishCode.TOO_FEW_SIGNATURES);
        assertThat(rows).doesNotContainKey("timestamp.json");
    }

    @Test
    void whatExpiresSoonIsRenewedAndNothingElse() throws Exception {
        publish(first(), NOW);
        byte[] before = rows.get("timestamp.json");

        assertThat(online.renew(keys(), Lifetimes.DEFAULT, later(1), NOW)).isFalse();
        assertThat(rows.get("timestamp.json")).isEqualTo(before);

        Instant later = NOW.plus(Duration.ofDays(20));
        assertThat(online.renew(keys(), Lifetimes.DEFAULT, later.plus(Duration.ofDays(15)), later))
                .isTrue();
        assertAccepted(world.verdict(World.source(rows), world.director.metadata(World.DEVICE), later));
    }

    @Test
    void whatAKeySignedThatWasTakenAwayIsRenewed() throws Exception {
        publish(first(), NOW);
        TestKey another = new TestKey();
        online.follow(rootNaming(snapshotKey, another), NOW);

        assertThat(online.renew(List.of(snapshotKey, another), Lifetimes.DEFAULT, NOW, NOW))
                .isTrue();
        assertAccepted(world.verdict(World.source(rows), world.director.metadata(World.DEVICE), NOW));
    }

    @Test
    void aRootThatIsHereIsNothingNewAndAForeignOneIsRefused() throws Exception {
        assertThat(online.follow(rows.get("2.root.json"), NOW)).isFalse();
        World other = World.ready(Files.createDirectory(directory.resolve("other")));

        assertRefused(() -> online.follow(other.releases.anchor(), NOW), TrustCode.ROOT_NOT_SIGNED_BY_PREDECESSOR);
        assertRefused(() -> online.begin(other.releases.anchor()), PublishCode.REPOSITORY_EXISTS);
    }

    @Test
    void aDirectorWithoutItsKeysSignsNothing() throws Exception {
        OnlineDirector director = new OnlineDirector(new Rows(new TreeMap<>()));
        director.begin(world.director.anchor());

        assertRefused(
                () -> director.signer(List.of(world.mallory, world.directorRootKey), Lifetimes.DEFAULT),
                PublishCode.TOO_FEW_SIGNATURES);
        assertThat(director.root().version()).isEqualTo(1);
    }

    @Test
    void whatAnOnlineDirectorSignsIsAccepted() throws Exception {
        publish(first(), NOW);
        Map<String, byte[]> files = new TreeMap<>();
        OnlineDirector director = new OnlineDirector(new Rows(files));
        director.begin(world.director.anchor());
        Assigned alpha = Assigned.of(world.release(ALPHA, "1.0.0"), 4);

        SignedAssignment signed = director.signer(List.of(world.directorKey), Lifetimes.DEFAULT)
                .sign(new AssignmentDraft(World.DEVICE, World.MODEL, List.of(alpha), Map.of()), 5_000_000_000L, NOW);
        files.put("targets.json", signed.bytes());

        assertThat(signed.assignment().version()).isEqualTo(5_000_000_001L);
        assertThat(SignedAssignment.read(signed.bytes()).assignment()).isEqualTo(signed.assignment());
        assertThat(assertAccepted(world.verdict(World.source(rows), World.source(files), NOW))
                        .assignment()
                        .version())
                .isEqualTo(5_000_000_001L);
    }

    private byte[] first() throws Exception {
        return world.releases.files().get("1.targets.json");
    }

    private void publish(byte[] targets, Instant now) throws Exception {
        assertThat(online.judge(targets, now)).isPresent();
        online.publish(targets, keys(), Lifetimes.DEFAULT, now);
    }

    private List<Signer> keys() {
        return List.of(snapshotKey, timestampKey);
    }

    private byte[] signed(long version, List<Release> releases) throws Exception {
        Map<String, Release> byPath = new HashMap<>();
        releases.forEach(release -> byPath.put(release.path(), release));
        return SignedFile.bytes(
                new TargetsDraft(byPath, List.of()).json(version, NOW, NOW.plus(Duration.ofDays(9))),
                List.of(world.targetsKey));
    }

    private byte[] rootNaming(TestKey snapshot, TestKey timestamp) throws Exception {
        Map<Role, RoleKeys> roles = world.releaseRoles();
        roles.put(Role.SNAPSHOT, RoleKeys.of(1, snapshot.publicKey()));
        roles.put(Role.TIMESTAMP, RoleKeys.of(1, timestamp.publicKey()));
        long version = rows.size()
                - rows.keySet().stream()
                        .filter(name -> !name.endsWith(".root.json"))
                        .count()
                + 1;
        return new RootFiles(Repository.RELEASE, new Rows(rows))
                .bytes(version, roles, List.of(world.rootKey), NOW, NOW.plus(Duration.ofDays(900)));
    }
}
