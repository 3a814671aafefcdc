package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertAccepted;
import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.ALPHA;
import static io.sekimori.trust.World.NOW;
import static io.sekimori.trust.World.later;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceTest {

    @TempDir
    Path directory;

    private World world;
    private Path frozen;
    private Vouching accepted;

    @BeforeEach
    void aReadyWorldWithRotatedRoots() throws Exception {
        world = World.ready(directory);
        world.releases.newRoot(world.releaseRoles(), List.of(world.rootKey), Lifetimes.DEFAULT, NOW);
        world.director.newRoot(world.directorRoles(), List.of(world.directorRootKey), Lifetimes.DEFAULT, NOW);
        frozen = Files.createDirectory(directory.resolve("evidence"));
    }

    @Test
    void frozenEvidenceVouchesForWhatWasAccepted() throws Exception {
        Acceptance.Accepted accepted = assertAccepted(world.verdict(NOW));

        accepted.evidence().write(frozen);

        assertThat(verdict()).isEqualTo(new Vouching.Vouched(accepted.assignment(), accepted.releases()));
    }

    @Test
    void expiryDoesNotMatterAtAStart() throws Exception {
        Forgery forged = new Forgery(world);
        forged.timestamp.put("expires", TufTime.format(NOW.plusSeconds(1)));
        assertAccepted(world.verdict(forged.files(), NOW)).evidence().write(frozen);

        // The evidence has no clock: that it was accepted a second before it expired is all there is to know.
        assertThat(verdict()).isInstanceOf(Vouching.Vouched.class);
    }

    @Test
    void floorsDoNotMatterAtAStart() throws Exception {
        world.evidence().write(frozen);

        world.add(ALPHA, "1.1.0", 2, 2);
        world.publish(later(1));

        assertThat(verdict()).isInstanceOf(Vouching.Vouched.class);
    }

    @Test
    void aNewerAnchorThatTheMakerInstalledServesToo() throws Exception {
        world.evidence().write(frozen);

        Vouching verdict = Evidence.read(frozen)
                .verify(
                        world.releases.files().get("2.root.json"),
                        world.director.files(World.DEVICE).get("2.root.json"));

        assertThat(verdict).isInstanceOf(Vouching.Vouched.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "release/timestamp.json",
                "release/snapshot.json",
                "release/targets.json",
                "director/targets.json"
            })
    void whatIsMissingRefuses(String file) throws Exception {
        world.evidence().write(frozen);
        Files.delete(frozen.resolve(file));

        assertRefused(verdict(), TrustCode.EVIDENCE_INCOMPLETE);
    }

    @Test
    void aFlippedBitAnywhereChangesNothingThatIsVouchedFor() throws Exception {
        Acceptance.Accepted whatWasAccepted = assertAccepted(world.verdict(NOW));
        accepted = new Vouching.Vouched(whatWasAccepted.assignment(), whatWasAccepted.releases());
        whatWasAccepted.evidence().write(frozen);
        try (Stream<Path> files = Files.walk(frozen)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] whole = Files.readAllBytes(file);
                for (int i = 0; i < whole.length; i += 97) {
                    byte[] flipped = whole.clone();
                    flipped[i] ^= 0x01;
                    Files.write(file, flipped);
                    assertVouchesForNothingElse(file, i);
                }
                Files.write(file, whole);
            }
        }
        assertThat(verdict()).isInstanceOf(Vouching.Vouched.class);
    }

    @Test
    void rootsOnTheWayFromTheAnchorAreNeeded() throws Exception {
        TestKey fresh = new TestKey();
        Map<Role, RoleKeys> rotated = world.releaseRoles();
        rotated.put(Role.TIMESTAMP, RoleKeys.of(1, fresh.publicKey()));
        world.releases.newRoot(rotated, List.of(world.rootKey), Lifetimes.DEFAULT, NOW);
        world.releases.renew(List.of(world.snapshotKey, fresh), Lifetimes.DEFAULT, NOW);
        world.evidence().write(frozen);
        assertThat(verdict()).isInstanceOf(Vouching.Vouched.class);

        Files.delete(frozen.resolve("release/3.root.json"));

        assertRefused(verdict(), TrustCode.TIMESTAMP_SIGNATURES);
    }

    @Test
    void aTornRootRefuses() throws Exception {
        world.evidence().write(frozen);
        Files.write(frozen.resolve("release/2.root.json"), new byte[0]);

        assertRefused(verdict(), TrustCode.EVIDENCE_ROOT_BROKEN);
    }

    @Test
    void evidenceOfOneAcceptanceDoesNotFitAnother() throws Exception {
        world.evidence().write(frozen);
        world.add(ALPHA, "1.1.0", 2, 2);
        world.publish(later(1));
        world.assign(later(1));
        Path other = Files.createDirectory(directory.resolve("other"));
        assertAccepted(world.verdict(later(1))).evidence().write(other);

        Files.copy(other.resolve("director/targets.json"), replaced("director/targets.json"));

        assertRefused(verdict(), TrustCode.RELEASE_UNKNOWN);
    }

    @Test
    void evidenceOfAnotherTrustAnchorRefuses() throws Exception {
        world.evidence().write(frozen);
        World other = World.ready(directory.resolve("elsewhere"));

        assertThat(Evidence.read(frozen).verify(other.releases.anchor(), other.director.anchor()))
                .isInstanceOf(Vouching.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"root.json", "0.root.json", "targets.json.bak", ".timestamp.json.tmp", "1.targets.json"})
    void filesThatDoNotBelongThereRefuse(String name) throws Exception {
        world.evidence().write(frozen);
        Files.writeString(frozen.resolve("release").resolve(name), "{}");

        assertRefused(() -> Evidence.read(frozen), TrustCode.EVIDENCE_INCOMPLETE);
    }

    @Test
    void noEvidenceAtAllCannotBeRead() {
        Assertions.assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> Evidence.read(frozen));
    }

    // A flip in white space changes a file and nothing of what it says; what is vouched for must stay the same.
    private void assertVouchesForNothingElse(Path file, int position) throws Exception {
        Vouching verdict = verdict();
        if (verdict instanceof Vouching.Vouched vouched) {
            assertThat(vouched).as(file + " at " + position).isEqualTo(accepted);
        }
    }

    private Path replaced(String file) throws Exception {
        Files.delete(frozen.resolve(file));
        return frozen.resolve(file);
    }

    private Vouching verdict() throws Exception {
        return Evidence.read(frozen).verify(world.releases.anchor(), world.director.anchor());
    }
}
