package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertAccepted;
import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.ALPHA;
import static io.sekimori.trust.World.BETA;
import static io.sekimori.trust.World.NOW;
import static io.sekimori.trust.World.later;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseRepositoryTest {

    @TempDir
    Path directory;

    private World world;

    @BeforeEach
    void anEmptyRepository() throws Exception {
        world = new World(directory);
    }

    @Test
    void whatWasPublishedIsShownAndVerified() throws Exception {
        Release release = world.add(ALPHA, "1.0.0", 1, 0);
        world.publish(NOW);

        RepositoryFacts facts = reopened().verify(NOW);

        assertThat(facts.releases()).containsExactly(release);
        assertThat(facts.roles()).containsOnlyKeys(Role.values());
        assertThat(facts.roles().get(Role.TARGETS).version()).isEqualTo(1);
        assertThat(facts.roles().get(Role.TIMESTAMP).version()).isEqualTo(NOW.getEpochSecond());
        assertThat(facts.roles().get(Role.TIMESTAMP).expires()).isEqualTo(NOW.plus(Lifetimes.DEFAULT.timestamp()));
    }

    @Test
    void whatAReleaseMendsIsPublishedAndNeverChanged() throws Exception {
        Path jar = Jars.bundle(directory.resolve("jars"), ALPHA, "1.0.0", "words");
        Remedy remedy = new Remedy("Anybody could read the key.", "誰でも鍵を読めました。");
        Release release = world.releases.add(jar, alpha(Optional.of(remedy)), Lifetimes.DEFAULT, NOW);
        world.publish(NOW);

        assertThat(reopened().verify(NOW).releases()).containsExactly(release);
        assertThat(release.remedy()).contains(remedy);
        assertRefused(
                () -> reopened().add(jar, alpha(Optional.empty()), Lifetimes.DEFAULT, NOW), PublishCode.RELEASE_EXISTS);
        assertThat(remedy.in(Locale.JAPAN)).isEqualTo(remedy.japanese());
        assertThat(remedy.in(Locale.FRANCE)).isEqualTo(remedy.english());
        assertThat(new Remedy("A hole.", "").in(Locale.JAPAN)).isEqualTo("A hole.");
    }

    private static ReleaseFacts alpha(Optional<Remedy> remedy) {
        return new ReleaseFacts(ALPHA, "1.0.0", 1, 0, 0, Swap.OVERLAP, Kind.BUNDLE, List.of(), remedy);
    }

    @Test
    void untilWhenThereAreUpdatesIsPublishedAndKeptByWhatFollows() throws Exception {
        Instant end = Instant.parse("2031-03-31T00:00:00Z");
        world.releases.support(SupportPeriod.ALL, end, Lifetimes.DEFAULT, NOW);
        world.releases.support("old", NOW, Lifetimes.DEFAULT, NOW);
        world.publish(NOW);
        world.add(ALPHA, "1.0.0", 1, 0);
        world.publish(NOW);

        SupportPeriod support = reopened().verify(NOW).support();
        assertThat(support.end("new")).contains(end);
        assertThat(support.end("old")).contains(NOW);
    }

    @Test
    void whatIsNoPeriodSaysNothing() throws Exception {
        for (String text : List.of(
                "{}",
                "{\"support\":{\"*\":7}}",
                "{\"support\":{\"*\":\"tomorrow\"}}",
                "{\"support\":{\"a/b\":\"2031-03-31T00:00:00Z\"}}",
                "{\"support\":[]}")) {
            assertThat(SupportPeriod.of(JsonObject.parse(text.getBytes(StandardCharsets.UTF_8))))
                    .as(text)
                    .isEqualTo(SupportPeriod.UNKNOWN);
        }
    }

    @Test
    void verifyingReadsEveryJar() throws Exception {
        world.add(ALPHA, "1.0.0", 1, 0);
        world.publish(NOW);
        try (Stream<Path> files = Files.walk(directory.resolve("releases/targets"))) {
            Path jar = files.filter(Files::isRegularFile).findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(jar);
            bytes[bytes.length / 2] ^= 0x01;
            Files.write(jar, bytes);
        }

        assertRefused(() -> world.releases.verify(NOW), TrustCode.TARGET_HASH);
    }

    @Test
    void verifyingRefusesWhatAGatewayWouldRefuse() throws Exception {
        world.publish(NOW);

        assertRefused(
                () -> world.releases.verify(NOW.plus(Lifetimes.DEFAULT.timestamp())), TrustCode.EXPIRED_TIMESTAMP);
    }

    @Test
    void aRepositoryIsNotMadeOverAnother() {
        assertRefused(() -> new World(directory), PublishCode.REPOSITORY_EXISTS);
    }

    @Test
    void aDirectoryWithoutRootIsNoRepository() {
        assertRefused(() -> ReleaseRepository.open(directory.resolve("nowhere")), PublishCode.REPOSITORY_INCOMPLETE);
    }

    @Test
    void aRootWithoutEnoughSignaturesIsNotMade() {
        assertRefused(
                () -> ReleaseRepository.init(
                        directory.resolve("other"),
                        world.releaseRoles(),
                        List.of(world.mallory),
                        Lifetimes.DEFAULT,
                        NOW),
                TrustCode.ROOT_NOT_SIGNED_BY_ITSELF);
        assertThat(directory.resolve("other/metadata")).doesNotExist();
    }

    @Test
    void theSameReleaseAgainChangesNothing() throws Exception {
        Path jar = Jars.bundle(directory.resolve("jars"), ALPHA, "1.0", "same");
        ReleaseFacts facts = new ReleaseFacts(ALPHA, "1.0.0", 1, 0, 0, Swap.OVERLAP, Kind.BUNDLE, List.of());

        Release first = world.releases.add(jar, facts, Lifetimes.DEFAULT, NOW);
        Release second = world.releases.add(jar, facts, Lifetimes.DEFAULT, NOW);

        assertThat(second).isEqualTo(first);
        assertThat(world.releases.releases()).containsExactly(first);
    }

    @Test
    void theSamePathWithOtherBytesIsRefusedBeforeAndAfterPublication() throws Exception {
        world.add(ALPHA, "1.0.0", 1, 0);
        Path other = Jars.bundle(directory.resolve("jars"), ALPHA, "1.0.0", "other bytes");
        ReleaseFacts facts = new ReleaseFacts(ALPHA, "1.0.0", 2, 0, 0, Swap.OVERLAP, Kind.BUNDLE, List.of());

        assertRefused(() -> world.releases.add(other, facts, Lifetimes.DEFAULT, NOW), PublishCode.RELEASE_EXISTS);
        world.publish(NOW);
        assertRefused(() -> world.releases.add(other, facts, Lifetimes.DEFAULT, NOW), PublishCode.RELEASE_EXISTS);
    }

    @Test
    void countersGrowAndFloorsDoNotSink() throws Exception {
        world.add(ALPHA, "1.0.0", 5, 3);

        assertRefused(() -> world.add(ALPHA, "1.1.0", 5, 3), PublishCode.COUNTER_NOT_GROWING);
        assertRefused(() -> world.add(ALPHA, "1.1.0", 4, 3), PublishCode.COUNTER_NOT_GROWING);
        assertRefused(() -> world.add(ALPHA, "1.1.0", 6, 2), PublishCode.FLOOR_LOWERED);
        world.add(BETA, "1.0.0", 1, 0);
        world.add(ALPHA, "0.9.9", 6, 3);
    }

    @Test
    void aHardFloorIsPublishedAndDoesNotSinkEither() throws Exception {
        Release hard = addHard("1.0.0", 5, 3, 2);

        assertThat(world.releases.releases()).contains(hard);
        assertThat(hard.hardFloor()).isEqualTo(2);
        assertRefused(() -> addHard("1.1.0", 6, 3, 1), PublishCode.FLOOR_LOWERED);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> addHard("1.1.0", 6, 3, 4))
                .withMessageContaining("hardFloor");
        addHard("1.1.0", 6, 3, 3);
    }

    private Release addHard(String version, long counter, long floor, long hardFloor) throws IOException {
        Path jar = Jars.bundle(directory.resolve("jars"), ALPHA, version, "hard " + version);
        ReleaseFacts facts =
                new ReleaseFacts(ALPHA, version, counter, floor, hardFloor, Swap.OVERLAP, Kind.BUNDLE, List.of());
        return world.releases.add(jar, facts, Lifetimes.DEFAULT, NOW);
    }

    @Test
    void aJarIsReleasedUnderItsOwnNameOnly() throws Exception {
        Path jar = Jars.bundle(directory.resolve("jars"), ALPHA, "1.0.0", "content");

        refusesToAdd(jar, BETA, "1.0.0", PublishCode.BUNDLE_IDENTITY);
        refusesToAdd(jar, ALPHA, "1.0.1", PublishCode.BUNDLE_IDENTITY);
    }

    @Test
    void whatIsNoBundleIsNotReleasedAsOne() throws Exception {
        Path text = Files.writeString(directory.resolve("text.jar"), "no jar");
        Path zip = directory.resolve("zip.jar");
        try (var out = new java.util.zip.ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new java.util.zip.ZipEntry("a"));
        }

        refusesToAdd(text, ALPHA, "1.0.0", PublishCode.NOT_A_BUNDLE);
        refusesToAdd(zip, ALPHA, "1.0.0", PublishCode.NOT_A_BUNDLE);
        refusesToAdd(Files.createFile(directory.resolve("empty.jar")), ALPHA, "1.0.0", PublishCode.RELEASE_LENGTH);
    }

    @Test
    void publishingNeedsSomethingStagedAndEnoughSignatures() throws Exception {
        assertRefused(() -> world.releases.sign(List.of(world.targetsKey)), PublishCode.NOTHING_STAGED);
        assertRefused(
                () -> world.releases.renew(List.of(world.snapshotKey), Lifetimes.DEFAULT, NOW),
                PublishCode.NOTHING_PUBLISHED);
        assertRefused(() -> world.releases.verify(NOW), PublishCode.NOTHING_PUBLISHED);
        world.add(ALPHA, "1.0.0", 1, 0);

        assertRefused(this::publishStaged, PublishCode.TOO_FEW_SIGNATURES);
        assertThat(world.releases.sign(List.of(world.mallory)).complete()).isFalse();
        assertRefused(this::publishStaged, PublishCode.TOO_FEW_SIGNATURES);
        assertThat(world.releases.sign(List.of(world.targetsKey)).complete()).isTrue();
        assertRefused(
                () -> world.releases.publish(List.of(world.snapshotKey), Lifetimes.DEFAULT, NOW),
                PublishCode.TOO_FEW_SIGNATURES);
        publishStaged();
        assertRefused(this::publishStaged, PublishCode.NOTHING_STAGED);
    }

    @Test
    void severalPublishersSignOneAfterTheOther() throws Exception {
        TestKey second = new TestKey();
        Map<Role, RoleKeys> two = world.releaseRoles();
        two.put(Role.TARGETS, RoleKeys.of(2, world.targetsKey.publicKey(), second.publicKey()));
        world.releases.newRoot(two, List.of(world.rootKey), Lifetimes.DEFAULT, NOW);
        world.add(ALPHA, "1.0.0", 1, 0);

        assertThat(world.releases.sign(List.of(world.targetsKey))).isEqualTo(new SigningProgress(1, 2));
        assertThat(world.releases.sign(List.of(second))).isEqualTo(new SigningProgress(2, 2));
        publishStaged();

        assertThat(world.releases.verify(NOW).releases()).hasSize(1);
    }

    /** The keys of the next root signed the list of releases, and too few the root: neither is published, and that is said. */
    @Test
    void whatTheNextRootsKeysSignedWaitsForThatRoot() throws Exception {
        world.add(ALPHA, "1.0.0", 1, 0);
        world.publish(NOW);
        TestKey secondRoot = new TestKey();
        TestKey second = new TestKey();
        Map<Role, RoleKeys> next = world.releaseRoles();
        next.put(Role.ROOT, RoleKeys.of(2, world.rootKey.publicKey(), secondRoot.publicKey()));
        next.put(Role.TARGETS, RoleKeys.of(1, second.publicKey()));
        world.releases.stageRoot(next, Lifetimes.DEFAULT, NOW);
        world.releases.sign(List.of(world.rootKey, second));
        assertThat(world.releases.staged())
                .containsEntry("root", new SigningProgress(1, 2))
                .containsEntry("targets", new SigningProgress(1, 1));

        assertThatThrownBy(this::publishStaged).hasMessageContaining("root by 1 of 2");
        assertThat(world.releases.verify(NOW).roles().get(Role.ROOT).version()).isEqualTo(1);

        world.releases.sign(List.of(secondRoot));
        publishStaged();
        assertThat(world.releases.verify(NOW).roles().get(Role.ROOT).version()).isEqualTo(2);
    }

    @Test
    void addingDropsSignaturesOfWhatWasSignedBefore() throws Exception {
        world.add(ALPHA, "1.0.0", 1, 0);
        world.releases.sign(List.of(world.targetsKey));

        world.add(BETA, "1.0.0", 1, 0);

        assertRefused(this::publishStaged, PublishCode.TOO_FEW_SIGNATURES);
    }

    @Test
    void renewingKeepsTheTargetsAndMovesTheRest() throws Exception {
        world.add(ALPHA, "1.0.0", 1, 0);
        world.publish(NOW);
        world.add(BETA, "1.0.0", 1, 0);

        world.releases.renew(List.of(world.snapshotKey, world.timestampKey), Lifetimes.DEFAULT, later(30));

        RepositoryFacts facts = world.releases.verify(later(30));
        assertThat(facts.releases()).extracting(Release::symbolicName).containsExactly(ALPHA);
        assertThat(facts.roles().get(Role.TARGETS).version()).isEqualTo(1);
        assertThat(facts.roles().get(Role.TIMESTAMP).version())
                .isEqualTo(later(30).getEpochSecond());
    }

    @Test
    void versionsGrowEvenIfTheClockGoesBack() throws Exception {
        world.publish(later(60));
        world.publish(NOW);

        assertThat(world.releases.facts().roles().get(Role.TIMESTAMP).version())
                .isEqualTo(later(60).getEpochSecond() + 1);
    }

    /** A console numbers by itself what it publishes, and must not lag behind the publisher whose file a factory gave out. */
    @Test
    void whoSignsOftenIsNotAheadOfTheClock() throws Exception {
        for (int second = 1; second <= 5; second++) {
            world.publish(NOW.plusSeconds(second));
        }

        assertThat(world.releases.facts().roles().get(Role.TIMESTAMP).version())
                .isEqualTo(NOW.plusSeconds(5).getEpochSecond());
    }

    @Test
    void whatWasStagedCanBeForgotten() throws Exception {
        world.add(ALPHA, "1.0.0", 1, 0);
        world.releases.discardStaged();

        assertThat(world.releases.releases()).isEmpty();
    }

    @Test
    void anAssignmentIsSignedOnlyByTheDirector() throws Exception {
        world.add(ALPHA, "1.0.0", 1, 0);
        world.publish(NOW);
        AssignmentDraft draft = new AssignmentDraft(
                World.DEVICE, World.MODEL, List.of(Assigned.of(world.release(ALPHA, "1.0.0"), 1)), Map.of());

        assertRefused(
                () -> world.director.assign(draft, List.of(world.mallory), Lifetimes.DEFAULT, NOW),
                PublishCode.TOO_FEW_SIGNATURES);
        assertRefused(() -> world.director.files(World.DEVICE), PublishCode.NO_ASSIGNMENT);
        assertThat(world.director.current(World.DEVICE)).isEmpty();
    }

    @Test
    void oneSymbolicNameIsNotAssignedTwice() throws Exception {
        world.add(ALPHA, "1.0.0", 1, 0);
        world.add(ALPHA, "1.1.0", 2, 0);
        world.publish(NOW);

        assertThatIllegalArgumentException().isThrownBy(() -> world.assign(NOW, world.releases.releases()));
    }

    @Test
    void assignmentsOfADeviceGrowAndDoNotTouchOthers() throws Exception {
        world.add(ALPHA, "1.0.0", 1, 0);
        world.publish(NOW);

        Assignment first = world.assign(NOW);
        Assignment second = world.assign(NOW);

        assertThat(first.version()).isEqualTo(NOW.getEpochSecond());
        assertThat(second.version()).isEqualTo(first.version() + 1);
        assertThat(DirectorRepository.open(directory.resolve("director")).current(World.DEVICE))
                .contains(second);
        assertThat(world.director.current("e".repeat(64))).isEmpty();
        assertAccepted(world.verdict(NOW));
    }

    private ReleaseRepository reopened() throws Exception {
        return ReleaseRepository.open(directory.resolve("releases"));
    }

    private void publishStaged() throws Exception {
        world.releases.publish(List.of(world.snapshotKey, world.timestampKey), Lifetimes.DEFAULT, NOW);
    }

    private void refusesToAdd(Path jar, String name, String version, RefusalCode code) {
        ReleaseFacts facts = new ReleaseFacts(name, version, 1, 0, 0, Swap.OVERLAP, Kind.BUNDLE, List.of());
        assertRefused(() -> world.releases.add(jar, facts, Lifetimes.DEFAULT, NOW), code);
    }
}
