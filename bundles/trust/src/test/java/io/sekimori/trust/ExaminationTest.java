package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertAccepted;
import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.ALPHA;
import static io.sekimori.trust.World.BETA;
import static io.sekimori.trust.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What evidence says to root, who brings in slots and has no clock. */
class ExaminationTest {

    private static final String FRAMEWORK = "org.example.framework";

    @TempDir
    Path directory;

    private World world;
    private Release old;

    @BeforeEach
    void aWorldWithAFramework() throws Exception {
        world = World.ready(directory);
        old = slot("1.0.0", "old", 1, 1);
    }

    @Test
    void rootsAndFloorsOfWhatStartsTheFrameworkAreTold() throws Exception {
        world.add(ALPHA, "1.1.0", 2, 2);
        Release next = slot("2.0.0", "new", 2, 1);
        world.releases.newRoot(world.releaseRoles(), List.of(world.rootKey), Lifetimes.DEFAULT, NOW);

        Evidence.Examined examined = examined(next);

        assertThat(examined.standing()).isEqualTo(new Standing(2, 1, Map.of(FRAMEWORK, 1L)));
        assertThat(examined.withdrawn()).isEmpty();
        assertThat(examined.vouched().releases()).contains(next);
    }

    @Test
    void whatItsPublisherWithdrewIsNamedAndBundlesAreNot() throws Exception {
        world.add(ALPHA, "1.1.0", 2, 2);
        Release next = slot("2.0.0", "new", 2, 2);

        Evidence.Examined examined = examined(next);

        assertThat(examined.standing().floors()).containsOnly(Map.entry(FRAMEWORK, 2L));
        assertThat(examined.withdrawn()).containsExactly(old.sha256());
    }

    @Test
    void hardFloorsAreToldWhereThereAreAny() throws Exception {
        Path jar = Jars.bundle(directory.resolve("jars"), FRAMEWORK, "1.0.0", "hard");
        ReleaseFacts facts = new ReleaseFacts(FRAMEWORK, "2.0.0", 2, 2, 2, Swap.RESTART, Kind.SLOT, List.of());
        Release hard = world.releases.add(jar, facts, Lifetimes.DEFAULT, NOW);

        assertThat(evidence(hard).hardFloors(world.releases.anchor(), world.director.anchor()))
                .containsExactly(Map.entry(FRAMEWORK, 2L));
    }

    @Test
    void theSameBytesReleasedAgainAreNotWithdrawn() throws Exception {
        Release again = slot("2.0.0", "old", 2, 2);
        assertThat(again.sha256()).isEqualTo(old.sha256());

        assertThat(examined(again).withdrawn()).isEmpty();
    }

    @Test
    void evidenceThatDoesNotHoldSaysNothing() throws Exception {
        Evidence evidence = evidence(old);

        assertRefused(
                () -> evidence.examine(world.releases.anchor(), world.releases.anchor()),
                TrustCode.ASSIGNMENT_SIGNATURES);
    }

    @Test
    void anAssignmentIsToldFromOthersByItsBytes() throws Exception {
        Evidence evidence = evidence(old);

        assertThat(evidence.assignmentSha256())
                .isEqualTo(Sha256.hex(Files.readAllBytes(world.state().resolve("director/targets.json"))));
    }

    @Test
    void filesThatDoNotBelongThereRefuseHoweverTheyWereRead() throws Exception {
        byte[] any = new byte[2];

        Evidence.of(Map.of("2.root.json", any, "snapshot.json", any), Map.of("2.root.json", any, "targets.json", any));
        assertRefused(() -> Evidence.of(Map.of("root.json", any), Map.of()), TrustCode.EVIDENCE_INCOMPLETE);
        assertRefused(() -> Evidence.of(Map.of(), Map.of("snapshot.json", any)), TrustCode.EVIDENCE_INCOMPLETE);
    }

    @Test
    void moreFilesThanMayBeReadRefuse() throws Exception {
        Path frozen = Files.createDirectory(directory.resolve("frozen"));
        evidence(old).write(frozen);
        for (int version = 2; version <= 2_045; version++) {
            Files.createFile(frozen.resolve("release").resolve(version + ".root.json"));
        }
        Evidence.read(frozen);
        Files.createFile(frozen.resolve("release/2046.root.json"));

        assertThat(frozen.resolve("release").toFile().list()).hasSize(2_048);
        Evidence.read(frozen);
        Files.createFile(frozen.resolve("release/2047.root.json"));
        assertRefused(() -> Evidence.read(frozen), TrustCode.EVIDENCE_INCOMPLETE);
    }

    @Test
    void approvalsAreWrittenBesideIt() throws Exception {
        Path frozen = Files.createDirectory(directory.resolve("frozen"));

        evidence(old).approved(new byte[] {1, 2}).write(frozen);

        assertThat(frozen.resolve(Approvals.FILE)).hasBinaryContent(new byte[] {1, 2});
    }

    @Test
    void whoRemembersTakesNothingOlder() {
        Standing seen = new Standing(3, 2, Map.of("a", 1L, "b", 5L));

        assertThat(seen.and(new Standing(2, 4, Map.of("a", 2L, "c", 1L))))
                .isEqualTo(new Standing(3, 4, Map.of("a", 2L, "b", 5L, "c", 1L)));
        assertThat(new Standing(3, 2, Map.of()).rootsReach(seen)).isTrue();
        assertThat(new Standing(2, 2, Map.of()).rootsReach(seen)).isFalse();
        assertThat(new Standing(3, 1, Map.of()).rootsReach(seen)).isFalse();
        assertThat(new Standing(0, 0, Map.of("a", 0L))).isNotEqualTo(Standing.NONE);
        assertThatIllegalArgumentException().isThrownBy(() -> new Standing(-1, 0, Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Standing(0, -1, Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Standing(0, 0, Map.of("a", -1L)));
    }

    private Release slot(String version, String text, long counter, long floor) throws IOException {
        Path jar = Jars.bundle(directory.resolve("jars"), FRAMEWORK, "1.0.0", text);
        ReleaseFacts facts =
                new ReleaseFacts(FRAMEWORK, version, counter, floor, 0, Swap.RESTART, Kind.SLOT, List.of());
        return world.releases.add(jar, facts, Lifetimes.DEFAULT, NOW);
    }

    private Evidence evidence(Release framework) throws IOException {
        world.publish(NOW);
        world.assign(NOW, List.of(framework, world.release(BETA, "1.0.0")));
        return assertAccepted(world.verdict(NOW)).evidence();
    }

    private Evidence.Examined examined(Release framework) throws IOException {
        return evidence(framework).examine(world.releases.anchor(), world.director.anchor());
    }
}
