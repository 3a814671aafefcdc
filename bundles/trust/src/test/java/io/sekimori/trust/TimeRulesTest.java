package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertAccepted;
import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.ALPHA;
import static io.sekimori.trust.World.DEVICE;
import static io.sekimori.trust.World.NOW;
import static io.sekimori.trust.World.later;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When nothing can be said of expiry, and who can change that. */
class TimeRulesTest {

    private static final Instant NEXT_YEAR = NOW.plus(Duration.ofDays(365));

    @TempDir
    private Path directory;

    @Test
    void aClockBeforeTheSoftwareWasBuiltJudgesNothing() throws Exception {
        World world = World.ready(directory);
        Instant built = later(60);

        assertRefused(verdict(world, built, later(49)), TrustCode.TIME_UNTRUSTED);
        assertThat(verifier(world, built).notBefore()).isEqualTo(built);
        assertAccepted(verdict(world, built, later(50)));
    }

    @Test
    void aClockBeforeWhatOfflineKeysSignedJudgesNothing() throws Exception {
        World world = World.ready(directory);
        world.publish(later(60));

        assertRefused(world.verdict(NOW), TrustCode.TIME_UNTRUSTED);
        assertThat(notBefore(world)).isEqualTo(later(60));
        assertAccepted(world.verdict(later(60)));
    }

    @Test
    void theFloorStaysWhenTheDocumentsThatRaisedItAreGone() throws Exception {
        World world = World.ready(directory);
        Map<String, byte[]> before = world.releases.files();
        world.publish(later(60));
        assertAccepted(world.verdict(later(60)));
        Files.delete(world.state().resolve("release").resolve("targets.json"));
        Files.delete(world.state().resolve("release").resolve("snapshot.json"));
        Files.delete(world.state().resolve("release").resolve("timestamp.json"));

        assertRefused(world.verdict(before, NOW), TrustCode.TIME_UNTRUSTED);
    }

    @Test
    void aFloorThatWasTornComesBackWithTheMetadata() throws Exception {
        World world = World.ready(directory);
        world.publish(later(60));
        assertAccepted(world.verdict(later(60)));
        Files.writeString(world.state().resolve("release").resolve("time.json"), "{\"root\"");
        assertThat(notBefore(world)).isEqualTo(NOW);

        assertAccepted(world.verdict(later(60)));

        assertThat(notBefore(world)).isEqualTo(later(60));
    }

    @Test
    void aDelegatedPublisherRaisesIt() throws Exception {
        World world = World.ready(directory);
        TestKey team = new TestKey();
        world.releases.delegate("team", List.of(ALPHA), RoleKeys.of(1, team.publicKey()), Lifetimes.DEFAULT, NOW);
        world.releases.sign(List.of(team, world.targetsKey));
        world.releases.publish(List.of(world.snapshotKey, world.timestampKey), Lifetimes.DEFAULT, NOW);
        world.releases.stageRenewal("team", Lifetimes.DEFAULT, later(60));
        world.releases.sign(List.of(team));
        world.releases.publish(List.of(world.snapshotKey, world.timestampKey), Lifetimes.DEFAULT, later(60));

        assertRefused(world.verdict(NOW), TrustCode.TIME_UNTRUSTED);
        assertThat(notBefore(world)).isEqualTo(later(60));
    }

    @Test
    void whatOnlineKeysSignIsUsedAndRaisesNothing() throws Exception {
        World world = World.ready(directory);
        Forgery forgery = new Forgery(world);
        forgery.timestamp.put("issued", TufTime.format(NEXT_YEAR));
        forgery.snapshot.put("issued", TufTime.format(NEXT_YEAR));
        assertAccepted(world.verdict(forgery.files(), NOW));

        world.assign(NEXT_YEAR); // a stolen console makes everything look old ...

        assertRefused(world.verdict(NOW), TrustCode.EXPIRED_TIMESTAMP);
        assertThat(notBefore(world)).isEqualTo(NOW);
    }

    @Test
    void metadataOfOtherToolsHasNoDateAndSaysNothing() throws Exception {
        World world = World.ready(directory);
        world.publish(later(60));
        Forgery forgery = new Forgery(world);
        forgery.targets.remove("issued");

        assertAccepted(world.verdict(forgery.files(), NOW));
        assertThat(notBefore(world)).isEqualTo(NOW);
    }

    @Test
    void aDateThatIsNoneRefuses() throws Exception {
        World world = World.ready(directory);
        Forgery forgery = new Forgery(world);
        forgery.targets.put("issued", "2026-11-21");

        assertRefused(world.verdict(forgery.files(), NOW), TrustCode.METADATA_MALFORMED);
    }

    @Test
    void aDirectorsRootRaisesIt() throws Exception {
        World world = World.ready(directory);
        world.director.newRoot(world.directorRoles(), List.of(world.directorRootKey), Lifetimes.DEFAULT, later(60));

        assertRefused(world.verdict(NOW), TrustCode.TIME_UNTRUSTED);
    }

    @Test
    void theNextRootTakesADateBackThatWasWrong() throws Exception {
        World world = World.ready(directory);
        world.publish(NEXT_YEAR); // on a laptop whose clock was wrong
        assertRefused(world.verdict(NOW), TrustCode.TIME_UNTRUSTED);

        world.releases.newRoot(world.releaseRoles(), List.of(world.rootKey), Lifetimes.DEFAULT, later(60));
        world.publish(later(60));

        assertAccepted(world.verdict(later(60)));
        assertThat(notBefore(world)).isEqualTo(later(60));
    }

    @Test
    void aRefusedUpdateRaisesItAsWell() throws Exception {
        World world = World.ready(directory);
        world.publish(later(60));
        world.floors.put(ALPHA, 2L);

        assertRefused(world.verdict(later(60)), TrustCode.BELOW_FLOOR);
        assertThat(notBefore(world)).isEqualTo(later(60));
    }

    @Test
    void whatIsDatedAheadIsNotPublished() throws Exception {
        World world = World.ready(directory);
        world.releases.stageRenewal(Lifetimes.DEFAULT, later(60 * 25));
        world.releases.sign(List.of(world.targetsKey));
        byte[] ahead = world.releases.export("targets");
        List<Signer> online = List.of(world.snapshotKey, world.timestampKey);

        assertRefused(() -> world.releases.publish(online, Lifetimes.DEFAULT, NOW), PublishCode.ISSUED_AHEAD);
        OnlineReleases console = new OnlineReleases(
                new MetadataDirectory(directory.resolve("releases").resolve("metadata")));
        assertRefused(() -> console.judge(ahead, NOW), PublishCode.ISSUED_AHEAD);
        assertThat(console.judge(ahead, later(120))).isPresent();
    }

    @Test
    void aRootThatIsDatedAheadIsNotPublished() throws Exception {
        World world = World.ready(directory);
        world.releases.stageRoot(world.releaseRoles(), Lifetimes.DEFAULT, NEXT_YEAR);
        world.releases.sign(List.of(world.rootKey));
        byte[] ahead = world.releases.export("root");
        OnlineReleases console = new OnlineReleases(
                new MetadataDirectory(directory.resolve("releases").resolve("metadata")));

        assertRefused(() -> world.releases.publish(List.of(), Lifetimes.DEFAULT, NOW), PublishCode.ISSUED_AHEAD);
        assertRefused(() -> console.follow(ahead, NOW), PublishCode.ISSUED_AHEAD);
        assertThat(console.follow(ahead, NEXT_YEAR)).isTrue();
    }

    @Test
    void theBuildKnowsItsTime() {
        assertThat(BuildTime.instant()).isAfter(Instant.parse("2026-11-20T00:00:00Z"));
    }

    private static Instant notBefore(World world) throws IOException {
        return verifier(world, Instant.EPOCH).notBefore();
    }

    private static UpdateVerifier verifier(World world, Instant built) throws IOException {
        return new UpdateVerifier(world.state(), world.releases.anchor(), world.director.anchor(), built);
    }

    private static Acceptance verdict(World world, Instant built, Instant now) throws IOException {
        return verifier(world, built)
                .verify(world.releases.metadata(), world.director.metadata(DEVICE), World.UNIT, world.floors, now);
    }
}
