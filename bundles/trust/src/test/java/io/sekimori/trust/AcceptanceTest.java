package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertAccepted;
import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.ALPHA;
import static io.sekimori.trust.World.BETA;
import static io.sekimori.trust.World.NOW;
import static io.sekimori.trust.World.later;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcceptanceTest {

    @TempDir
    Path directory;

    @Test
    void whatDirectorAndPublisherVouchForIsAccepted() throws Exception {
        World world = World.ready(directory);

        Acceptance.Accepted accepted = assertAccepted(world.verdict(NOW));

        assertThat(accepted.assignment().items())
                .extracting(Assigned::symbolicName)
                .containsExactly(ALPHA, BETA);
        assertThat(accepted.releases()).containsExactly(world.release(ALPHA, "1.0.0"), world.release(BETA, "1.0.0"));
    }

    /** What was recorded on the wire is worth nothing once it was taken back; what only says so is worth nothing either. */
    @Test
    void whatWasTakenBackIsNotAcceptedAgain() throws Exception {
        World world = World.ready(directory);
        MetadataSource recorded = recorded(world);
        long assigned = assertAccepted(world.verdict(NOW)).assignment().version();

        Assignment said = world.takeBack(assigned, later(1));
        Acceptance.Accepted accepted = assertAccepted(world.verdict(later(2)));

        assertThat(accepted.assignment()).isEqualTo(said);
        assertThat(accepted.assignment().takesBack()).hasValue(assigned);
        assertThat(accepted.releases()).isEmpty();
        assertRefused(world.verdict(world.releases.metadata(), recorded, later(3)), TrustCode.ASSIGNMENT_ROLLBACK);
    }

    /** Whoever keeps the releases from being renewed keeps nothing on its way that the director takes back. */
    @Test
    void whatIsTakenBackIsSoHoweverOldTheReleasesAre() throws Exception {
        World world = World.ready(directory);
        long assigned = assertAccepted(world.verdict(NOW)).assignment().version();
        Instant late = NOW.plus(Lifetimes.DEFAULT.timestamp());
        assertRefused(world.verdict(late), TrustCode.EXPIRED_TIMESTAMP);

        Assignment said = world.takeBack(assigned, late);

        assertThat(assertAccepted(world.verdict(late)).assignment()).isEqualTo(said);
    }

    @Test
    void aTakingBackOfSomebodyElseOrForAnotherDeviceIsRefused() throws Exception {
        World world = World.ready(directory);
        long assigned = assertAccepted(world.verdict(NOW)).assignment().version();
        Map<String, byte[]> files = new HashMap<>(world.director.files(World.DEVICE));
        Assignment taking = new Assignment(
                assigned + 1,
                NOW,
                later(100),
                World.DEVICE,
                World.MODEL,
                List.of(),
                Map.of(),
                OptionalLong.of(assigned));

        files.put("targets.json", SignedFile.bytes(AssignmentJson.write(taking), List.of(world.mallory)));
        assertRefused(
                world.verdict(world.releases.metadata(), World.source(files), later(2)),
                TrustCode.ASSIGNMENT_SIGNATURES);

        Assignment other = new Assignment(
                taking.version(),
                taking.issued(),
                taking.expires(),
                "e".repeat(64),
                taking.model(),
                List.of(),
                Map.of(),
                taking.takesBack());
        files.put("targets.json", SignedFile.bytes(AssignmentJson.write(other), List.of(world.directorKey)));
        assertRefused(
                world.verdict(world.releases.metadata(), World.source(files), later(2)),
                TrustCode.ASSIGNMENT_OTHER_DEVICE);
    }

    private static MetadataSource recorded(World world) throws Exception {
        return World.source(Map.copyOf(world.director.files(World.DEVICE)));
    }

    @Test
    void metadataIsKeptAsReceived() throws Exception {
        World world = World.ready(directory);

        assertAccepted(world.verdict(NOW));

        Map<String, byte[]> files = world.releases.files();
        Path kept = world.state().resolve("release");
        assertThat(Files.readAllBytes(kept.resolve("timestamp.json"))).isEqualTo(files.get("timestamp.json"));
        assertThat(Files.readAllBytes(kept.resolve("targets.json"))).isEqualTo(files.get("1.targets.json"));
        assertThat(Files.readAllBytes(world.state().resolve("director/targets.json")))
                .isEqualTo(world.director.files(World.DEVICE).get("targets.json"));
    }

    @Test
    void theVersionsThatWereAcceptedAreKnown() throws Exception {
        World world = World.ready(directory);
        UpdateVerifier verifier = new UpdateVerifier(world.state(), world.releases.anchor(), world.director.anchor());
        assertThat(verifier.trusted()).isEqualTo(new UnitReport.Trusted(1, 0, 0, 0, 1, 0));

        long assigned = assertAccepted(world.verdict(NOW)).assignment().version();

        UnitReport.Trusted trusted = verifier.trusted();
        assertThat(trusted.assignment()).isEqualTo(assigned);
        assertThat(trusted.targets()).isEqualTo(1);
        assertThat(trusted.timestamp()).isPositive().isEqualTo(trusted.snapshot());
    }

    @Test
    void theNextReleaseIsAccepted() throws Exception {
        World world = World.ready(directory);
        assertAccepted(world.verdict(NOW));

        world.add(ALPHA, "1.1.0", 2, 0);
        world.publish(later(1));
        world.assign(later(1));

        assertThat(assertAccepted(world.verdict(later(1))).releases())
                .contains(world.release(ALPHA, "1.1.0"), world.release(BETA, "1.0.0"));
    }

    @Test
    void theSameAssignmentAgainIsARetry() throws Exception {
        World world = World.ready(directory);

        assertAccepted(world.verdict(NOW));

        assertAccepted(world.verdict(later(1)));
    }

    @Test
    void aRefusalLeavesTheNextUpdatePossible() throws Exception {
        World world = World.ready(directory);
        world.floors.put(ALPHA, 2L);
        assertRefused(world.verdict(NOW), TrustCode.BELOW_FLOOR);

        world.floors.clear();

        assertAccepted(world.verdict(NOW));
    }

    @Test
    void aClockThatIsLateMakesNothingFreshAgain() throws Exception {
        World world = World.ready(directory);
        Instant afterwards = NOW.plus(Lifetimes.DEFAULT.timestamp());
        world.assign(afterwards);

        assertRefused(world.verdict(NOW), TrustCode.EXPIRED_TIMESTAMP);

        world.releases.renew(List.of(world.snapshotKey, world.timestampKey), Lifetimes.DEFAULT, afterwards);

        assertAccepted(world.verdict(NOW));
    }

    @Test
    void aClockThatWasSetBackJudgesNothing() throws Exception {
        World world = World.ready(directory);

        assertRefused(world.verdict(Instant.EPOCH), TrustCode.TIME_UNTRUSTED);
    }

    @Test
    void anUnreadableStateRefuses() throws Exception {
        World world = World.ready(directory);
        Files.writeString(world.state(), "a file where the directory should be");

        assertRefused(world.verdict(NOW), TrustCode.STATE_FAILED);
    }

    @Test
    void anUnreadableStateRefusesWhatWasPermittedToo() throws Exception {
        World world = World.ready(directory);
        Permit.Item item = Permit.Item.of(world.release(World.ALPHA, "1.0.0"));
        Files.createDirectories(world.state().resolve("release/2.root.json"));

        assertThat(new UpdateVerifier(world.state(), world.releases.anchor(), world.director.anchor())
                        .refusal(new byte[0], item, World.UNIT, NOW))
                .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo(TrustCode.STATE_FAILED));
    }

    @Test
    void theRootsOfBothSidesTellTheTimeBeforeAnythingWasVerified() throws Exception {
        World world = World.ready(directory);
        world.releases.newRoot(world.releaseRoles(), List.of(world.rootKey), Lifetimes.DEFAULT, World.later(5));
        world.director.newRoot(
                world.directorRoles(), List.of(world.directorRootKey), Lifetimes.DEFAULT, World.later(7));
        byte[] release = world.releases.files().get("2.root.json");
        byte[] director = world.director.files(World.DEVICE).get("2.root.json");

        assertThat(new UpdateVerifier(world.state(), release, world.director.anchor()).notBefore())
                .isEqualTo(World.later(5));
        assertThat(new UpdateVerifier(world.state(), release, director).notBefore())
                .isEqualTo(World.later(7));
    }

    @Test
    void aSourceThatFailsRefuses() throws Exception {
        World world = World.ready(directory);

        Acceptance verdict = world.verdict(
                (name, maxBytes) -> {
                    throw new java.io.IOException("stick pulled");
                },
                world.director.metadata(World.DEVICE),
                NOW);

        assertRefused(verdict, TrustCode.SOURCE_FAILED);
    }

    @Test
    void slotJarsAndBundlesOfOneNameGoTogether() throws Exception {
        World world = World.ready(directory);
        Path jar = Jars.bundle(directory.resolve("jars"), ALPHA, "1.0.0", "slot");
        Release slot = world.releases.add(
                jar,
                new ReleaseFacts(ALPHA, "1.0.0", 1, 0, 0, Swap.RESTART, Kind.SLOT, List.of()),
                Lifetimes.DEFAULT,
                NOW);
        world.publish(NOW);
        world.assign(NOW, List.of(slot, world.release(BETA, "1.0.0")));

        Acceptance.Accepted accepted = assertAccepted(world.verdict(NOW));

        assertThat(accepted.assignment().items(Kind.SLOT))
                .extracting(Assigned::path)
                .containsExactly(slot.path());
    }
}
