package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertAccepted;
import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.ALPHA;
import static io.sekimori.trust.World.BETA;
import static io.sekimori.trust.World.NOW;
import static io.sekimori.trust.World.later;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository that hands names on, seen from both ends: by those who publish and by a gateway. */
class PublishersTest {

    @TempDir
    Path directory;

    private final TestKey first = new TestKey();
    private final TestKey second = new TestKey();
    private World world;

    @BeforeEach
    void aReadyWorld() throws Exception {
        world = World.ready(directory);
    }

    @Test
    void aPublisherReleasesWhatWasHandedOnAndGatewaysTakeIt() throws Exception {
        delegate(1, first);
        addTo("acme", "org.acme.pump", "1.0.0");
        publish(later(1), world.targetsKey, first);
        world.assign(later(1));

        Acceptance.Accepted accepted = assertAccepted(world.verdict(later(1)));

        assertThat(accepted.releases()).extracting(Release::symbolicName).contains("org.acme.pump", ALPHA, BETA);
        assertThat(world.releases.verify(later(1)).releases()).hasSize(3);
        assertThat(world.releases.publishers())
                .singleElement()
                .matches(publisher -> publisher.role().equals("acme")
                        && publisher.patterns().equals(List.of("org.acme.*/*/*.jar"))
                        && publisher.keyIds().equals(List.of(first.publicKey().keyId()))
                        && publisher.published().isPresent());
    }

    @Test
    void aPackCarriesWhatPublishersSigned() throws Exception {
        delegate(1, first);
        addTo("acme", "org.acme.pump", "1.0.0");
        publish(later(1), world.targetsKey, first);
        world.assign(later(1));
        Path file = directory.resolve("update.zip");
        try (PackWriter writer = new PackWriter(Files.newOutputStream(file))) {
            writer.assignment(world.releases, world.director, World.DEVICE);
        }

        try (Pack pack = Pack.open(file)) {
            assertAccepted(world.verdict(pack.releases(), pack.director(), later(1)));
        }
    }

    @Test
    void whatNamesCoverIsToldBeforeTheyAreHandedOn() throws Exception {
        delegate(1, first); // org.acme.*

        assertThat(world.releases.coverage("new", List.of("org.example.*")))
                .isEqualTo(new Coverage(2, 2, false, List.of(), List.of()));
        assertThat(world.releases.coverage("new", List.of("io.s?kimori.trust")).gateway())
                .isTrue();
        assertThat(world.releases
                        .coverage("new", List.of("slot/org.example.framework"))
                        .gateway())
                .isTrue();
        assertThat(world.releases.coverage("new", List.of("org.*.pump")).before())
                .containsExactly("acme");
        assertThat(world.releases.coverage("acme", List.of("org.acme.*")).wide())
                .as("its own names again")
                .isFalse();
        world.releases.delegate(
                "beta", List.of("org.beta.*"), RoleKeys.of(1, second.publicKey()), Lifetimes.DEFAULT, NOW);
        Coverage all = world.releases.coverage("acme", List.of("*"));
        assertThat(all).isEqualTo(new Coverage(2, 2, true, List.of(), List.of("beta")));
        assertThat(world.releases.publishers()).as("nothing was done").isEmpty();
    }

    @Test
    void severalOfAPublishersKeysSignInSittings() throws Exception {
        delegate(2, first, second);
        addTo("acme", "org.acme.pump", "1.0.0");
        world.releases.sign(List.of(world.targetsKey));
        byte[] exported = world.releases.export("acme");
        assertThat(SignedDocument.read(exported).content())
                .singleElement()
                .asString()
                .startsWith("org.acme.pump/1.0.0/org.acme.pump-1.0.0.jar counter 1 overlap ");

        byte[] one = SignedDocument.sign(exported, List.of(first, world.mallory));
        byte[] two = SignedDocument.sign(exported, List.of(second));
        assertThat(world.releases.join(one)).isEqualTo("acme");
        assertThat(world.releases.staged())
                .containsEntry("acme", new SigningProgress(1, 2))
                .containsEntry("targets", new SigningProgress(1, 1));
        world.releases.join(two);

        world.releases.publish(List.of(world.snapshotKey, world.timestampKey), Lifetimes.DEFAULT, later(1));
        assertThat(world.releases.staged()).isEmpty();
        world.assign(later(1));
        assertAccepted(world.verdict(later(1)));
    }

    @Test
    void aCopyOfWhatIsNoLongerStagedIsRefused() throws Exception {
        delegate(1, first);
        byte[] copy = SignedDocument.sign(world.releases.export("acme"), List.of(first));
        addTo("acme", "org.acme.pump", "1.0.0");

        assertRefused(() -> world.releases.join(copy), PublishCode.NOT_STAGED);
    }

    @Test
    void aCopyWithoutASignatureThatCountsIsRefused() throws Exception {
        delegate(1, first);
        byte[] copy = SignedDocument.sign(world.releases.export("acme"), List.of(second));

        assertRefused(() -> world.releases.join(copy), PublishCode.NO_SIGNATURE);
    }

    @Test
    void whatASignerIsShownCannotCommandTheTerminal() throws Exception {
        Forgery forged = new Forgery(world);
        Forgery.object(forged.targets, "targets").put("evil\u001b[2J\u202e/x", Map.of("length", 1L));

        assertThat(SignedDocument.read(SignedFile.bytes(forged.targets, List.of()))
                        .content())
                .contains("evil?[2J?/x");
    }

    /** Who adds a delegation, a floor or other bytes to a file on its way must not find a signer who cannot see it. */
    @Test
    void aSignerIsShownAllThatGatewaysActOn() throws Exception {
        delegate(1, first);
        Path jar = Jars.bundle(directory.resolve("jars"), ALPHA, "3.0.0", "third");
        Remedy remedy = new Remedy("Anybody could read it.", "誰でも読めました。");
        Release release = world.releases.add(
                jar,
                new ReleaseFacts(
                        ALPHA, "3.0.0", 9, 3, 2, Swap.REPLACE, Kind.BUNDLE, List.of("sg-1"), Optional.of(remedy)),
                Lifetimes.DEFAULT,
                NOW);
        world.releases.support("sg-1", NOW, Lifetimes.DEFAULT, NOW);

        assertThat(SignedDocument.read(world.releases.export("targets")).content())
                .containsSubsequence(
                        release.path() + " counter 9 floor 3 hard floor 2 replace for [sg-1] " + release.sha256(),
                        "  Anybody could read it.",
                        "  誰でも読めました。",
                        "delegates [org.acme.*/*/*.jar] to acme, 1 of ["
                                + first.publicKey().keyId() + "], terminating",
                        "support of sg-1 until " + NOW);
    }

    @Test
    void whatIsNoReleaseIsShownWithItsHashes() throws Exception {
        Forgery forged = new Forgery(world);
        Forgery.object(forged.targets, "targets")
                .put("notes.txt", Map.of("length", 1L, "hashes", Map.of("sha512", "00", "sha256", "11")));

        assertThat(SignedDocument.read(SignedFile.bytes(forged.targets, List.of()))
                        .content())
                .contains("notes.txt sha256 11 sha512 00");
    }

    @Test
    void aSignerOfARootIsShownHowManyMustAgree() throws Exception {
        Map<Role, RoleKeys> roles = world.releaseRoles();
        roles.put(Role.TARGETS, RoleKeys.of(2, first.publicKey(), second.publicKey()));
        world.releases.stageRoot(roles, Lifetimes.DEFAULT, NOW);

        assertThat(SignedDocument.read(world.releases.export("root")).content())
                .contains("root 1 of [" + world.rootKey.publicKey().keyId() + "]")
                .anyMatch(line -> line.startsWith("targets 2 of ["));
    }

    @Test
    void onlyRootsAndTargetsAreSignedByPeople() throws Exception {
        byte[] timestamp = world.releases.files().get("timestamp.json");

        assertRefused(() -> SignedDocument.sign(timestamp, List.of(first)), TrustCode.METADATA_TYPE);
    }

    @Test
    void whoHasNotSignedYetKeepsNobodyFromPublishing() throws Exception {
        delegate(1, first);
        addTo("acme", "org.acme.pump", "1.0.0");

        publish(later(1), world.targetsKey);

        assertThat(world.releases.staged()).containsOnlyKeys("acme");
        assertAccepted(world.verdict(later(1)));
        publish(later(2), first);
        world.assign(later(2));
        assertAccepted(world.verdict(later(2)));
    }

    @Test
    void aNameThatWasNotHandedOnIsNotTheirs() throws Exception {
        delegate(1, first);

        assertRefused(() -> addTo("acme", "org.elsewhere.pump", "1.0.0"), PublishCode.NOT_DELEGATED);
        assertRefused(() -> addTo("nobody", "org.acme.pump", "1.0.0"), PublishCode.DELEGATION_UNKNOWN);
        assertRefused(
                () -> world.releases.delegate("../x", List.of("*"), RoleKeys.of(1), Lifetimes.DEFAULT, NOW),
                TrustCode.DELEGATION_NAME);
    }

    @Test
    void countersGrowWhoeverReleases() throws Exception {
        world.releases.delegate("team", List.of(ALPHA), RoleKeys.of(1, first.publicKey()), Lifetimes.DEFAULT, NOW);
        Path jar = Jars.bundle(directory.resolve("jars"), ALPHA, "1.1.0", "x");

        assertRefused(
                () -> world.releases.add("team", jar, facts(ALPHA, "1.1.0", 1), Lifetimes.DEFAULT, NOW),
                PublishCode.COUNTER_NOT_GROWING);
    }

    @Test
    void whatARevokedPublisherReleasedIsUnknown() throws Exception {
        delegate(1, first);
        addTo("acme", "org.acme.pump", "1.0.0");
        publish(later(1), world.targetsKey, first);
        world.assign(later(1));
        assertAccepted(world.verdict(later(1)));

        world.releases.revoke("acme", Lifetimes.DEFAULT, later(2));
        publish(later(2), world.targetsKey);

        assertRefused(world.verdict(later(2)), TrustCode.RELEASE_UNKNOWN);
        assertThat(world.releases.publishers()).isEmpty();
        assertRefused(() -> world.releases.revoke("acme", Lifetimes.DEFAULT, NOW), PublishCode.DELEGATION_UNKNOWN);
    }

    @Test
    void aPublishersKeyIsReplacedTogetherWithWhatItSigned() throws Exception {
        delegate(1, first);
        addTo("acme", "org.acme.pump", "1.0.0");
        publish(later(1), world.targetsKey, first);
        world.assign(later(1));

        delegate(1, second);
        world.releases.sign(List.of(second));
        assertRefused(
                () -> world.releases.publish(
                        List.of(world.snapshotKey, world.timestampKey), Lifetimes.DEFAULT, later(2)),
                PublishCode.TOO_FEW_SIGNATURES);
        publish(later(2), world.targetsKey);

        assertAccepted(world.verdict(later(2)));
        world.releases.verify(later(2));
    }

    @Test
    void onlineKeysThatWereStolenAreReplacedAndWhatTheySignedIsForgotten() throws Exception {
        assertAccepted(world.verdict(NOW));
        // The thief signs far ahead, so that nothing honest would be newer.
        Forgery thief = new Forgery(world);
        thief.snapshot.put("version", Long.MAX_VALUE - 1);
        thief.timestamp.put("version", Long.MAX_VALUE - 1);
        assertAccepted(world.verdict(thief.files(), NOW));
        assertRefused(world.verdict(NOW), TrustCode.TIMESTAMP_ROLLBACK);

        TestKey snapshot = new TestKey();
        TestKey timestamp = new TestKey();
        Map<Role, RoleKeys> roles = world.releaseRoles();
        roles.put(Role.SNAPSHOT, RoleKeys.of(1, snapshot.publicKey()));
        roles.put(Role.TIMESTAMP, RoleKeys.of(1, timestamp.publicKey()));
        world.releases.stageRoot(roles, Lifetimes.DEFAULT, later(1));
        world.releases.join(SignedDocument.sign(world.releases.export("root"), List.of(world.rootKey)));
        assertRefused(
                () -> world.releases.publish(
                        List.of(world.snapshotKey, world.timestampKey), Lifetimes.DEFAULT, later(1)),
                PublishCode.TOO_FEW_SIGNATURES);
        assertThat(world.releases.files()).doesNotContainKey("2.root.json");
        world.releases.publish(List.of(snapshot, timestamp), Lifetimes.DEFAULT, later(1));

        assertAccepted(world.verdict(later(1)));
        assertRefused(world.verdict(thief.files(), later(1)), TrustCode.TIMESTAMP_SIGNATURES);
    }

    @Test
    void aRootWithOtherPublishersIsPublishedOnceTheySignedTheTargets() throws Exception {
        Map<Role, RoleKeys> roles = world.releaseRoles();
        roles.put(Role.TARGETS, RoleKeys.of(1, second.publicKey()));
        world.releases.stageRoot(roles, Lifetimes.DEFAULT, later(1));
        world.releases.sign(List.of(world.rootKey));
        assertRefused(
                () -> world.releases.publish(
                        List.of(world.snapshotKey, world.timestampKey), Lifetimes.DEFAULT, later(1)),
                PublishCode.TOO_FEW_SIGNATURES);

        publish(later(1), second);

        assertAccepted(world.verdict(later(1)));
    }

    @Test
    void aRootNeedsTheKeysBeforeAndItsOwn() throws Exception {
        Map<Role, RoleKeys> roles = world.releaseRoles();
        roles.put(Role.ROOT, RoleKeys.of(1, second.publicKey()));
        world.releases.stageRoot(roles, Lifetimes.DEFAULT, later(1));

        assertThat(world.releases.sign(List.of(second))).isEqualTo(new SigningProgress(1, 2));
        assertThat(world.releases.sign(List.of(world.rootKey)).complete()).isTrue();
        publish(later(1));

        assertAccepted(world.verdict(later(1)));
    }

    private void delegate(long threshold, TestKey... keys) throws IOException {
        TufKey[] open = Stream.of(keys).map(TestKey::publicKey).toArray(TufKey[]::new);
        world.releases.delegate("acme", List.of("org.acme.*"), RoleKeys.of(threshold, open), Lifetimes.DEFAULT, NOW);
    }

    private void addTo(String role, String name, String version) throws IOException {
        Path jar = Jars.bundle(directory.resolve("jars"), name, version, name);
        world.releases.add(role, jar, facts(name, version, 1), Lifetimes.DEFAULT, NOW);
    }

    private static ReleaseFacts facts(String name, String version, long counter) {
        return new ReleaseFacts(name, version, counter, 0, 0, Swap.OVERLAP, Kind.BUNDLE, List.of());
    }

    private void publish(Instant now, Signer... signers) throws IOException {
        world.releases.sign(List.of(signers));
        world.releases.publish(List.of(world.snapshotKey, world.timestampKey), Lifetimes.DEFAULT, now);
    }
}
