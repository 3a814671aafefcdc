package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertAccepted;
import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.ALPHA;
import static io.sekimori.trust.World.NOW;
import static io.sekimori.trust.World.later;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a medium that somebody on site brings may have past its expiry, and everything that it may not. */
class CarrierTest {

    private static final Duration LIFE = Duration.ofDays(90);
    private static final Instant STALE = NOW.plus(Lifetimes.DEFAULT.timestamp());

    @TempDir
    Path directory;

    @Test
    void anOldTimestampIsToldOfAMediumAndRefusedOfANetwork() throws Exception {
        World world = World.ready(directory);

        Acceptance.Accepted accepted = assertAccepted(brought(world, STALE));

        assertThat(accepted.staleSince()).contains(STALE);
        assertRefused(verdict(world, STALE, Carrier.NETWORK), TrustCode.EXPIRED_TIMESTAMP);
    }

    @Test
    void anOldSnapshotIsToldOfAMediumAndRefusedOfANetwork() throws Exception {
        World world = World.ready(directory);
        Forgery forged = new Forgery(world);
        forged.snapshot.put("expires", TufTime.format(later(1)));
        MetadataSource old = World.source(forged.files());

        assertThat(assertAccepted(verdict(world, old, later(1), medium(LIFE))).staleSince())
                .contains(later(1));
        assertRefused(verdict(world, old, later(1), Carrier.NETWORK), TrustCode.EXPIRED_SNAPSHOT);
    }

    @Test
    void theEarliestExpiryIsTold() throws Exception {
        World world = World.ready(directory);
        Forgery forged = new Forgery(world);
        forged.snapshot.put("expires", TufTime.format(later(1)));
        forged.timestamp.put("expires", TufTime.format(later(2)));
        Map<String, byte[]> files = forged.files();

        assertThat(assertAccepted(verdict(world, World.source(files), later(3), medium(LIFE)))
                        .staleSince())
                .contains(later(1));
        assertThat(assertAccepted(verdict(world, World.source(files), later(1), medium(LIFE)))
                        .staleSince())
                .contains(later(1));
    }

    @Test
    void theEarliestExpiryIsToldWhereTheTimestampEndsFirst() throws Exception {
        World world = World.ready(directory);
        Forgery forged = new Forgery(world);
        forged.timestamp.put("expires", TufTime.format(later(1)));
        forged.snapshot.put("expires", TufTime.format(later(2)));

        assertThat(assertAccepted(verdict(world, World.source(forged.files()), later(3), medium(LIFE)))
                        .staleSince())
                .contains(later(1));
    }

    @Test
    void whatIsFreshIsNotCalledStale() throws Exception {
        World world = World.ready(directory);

        assertThat(assertAccepted(brought(world, NOW)).staleSince()).isEmpty();
        assertThat(assertAccepted(brought(world, STALE.minusSeconds(1))).staleSince())
                .isEmpty();
    }

    @Test
    void whatWasTakenFromAMediumIsStillStaleForANetwork() throws Exception {
        World world = World.ready(directory);
        assertAccepted(brought(world, STALE));

        assertRefused(world.verdict(STALE), TrustCode.EXPIRED_TIMESTAMP);

        world.publish(STALE);

        assertAccepted(world.verdict(STALE));
    }

    @Test
    void theAssignmentsOwnExpiryStays() throws Exception {
        World world = World.ready(directory);

        assertRefused(
                verdict(world, NOW.plus(Lifetimes.DEFAULT.assignment()), medium(Duration.ofDays(365))),
                TrustCode.EXPIRED_ASSIGNMENT);
    }

    @Test
    void anAssignmentIsTakenFromAMediumForAsLongAsTheUnitSays() throws Exception {
        World world = World.ready(directory);
        Duration week = Duration.ofDays(7);

        assertAccepted(verdict(world, NOW.plus(week).minusSeconds(1), medium(week)));
        assertRefused(verdict(world, NOW.plus(week), medium(week)), TrustCode.EXPIRED_PACK);
        assertAccepted(verdict(world, NOW.plus(week), Carrier.NETWORK));
    }

    @Test
    void targetsPastTheirExpiryAreRefused() throws Exception {
        World world = World.ready(directory);
        Forgery forged = new Forgery(world);
        forged.targets.put("expires", TufTime.format(later(1)));

        assertRefused(verdict(world, World.source(forged.files()), later(1), medium(LIFE)), TrustCode.EXPIRED_TARGETS);
    }

    @Test
    void aDelegatedFilePastItsExpiryIsRefused() throws Exception {
        World world = World.ready(directory);
        Tree tree = new Tree(world);
        tree.delegate(Tree.TOP, "team", new TestKey(), "org.example.*/*/*.jar");
        tree.move(world.release(ALPHA, "1.0.0").path(), Tree.TOP, "team");
        tree.role("team").put("expires", TufTime.format(later(1)));

        assertRefused(verdict(world, World.source(tree.files()), later(1), medium(LIFE)), TrustCode.EXPIRED_DELEGATED);
    }

    @Test
    void rootsPastTheirExpiryAreRefused() throws Exception {
        World world = World.ready(directory);
        world.releases.newRoot(world.releaseRoles(), List.of(world.rootKey), hour(), NOW);

        assertRefused(brought(world, later(60)), TrustCode.EXPIRED_ROOT);

        World other = World.ready(directory.resolve("other"));
        other.director.newRoot(other.directorRoles(), List.of(other.directorRootKey), hour(), NOW);

        assertRefused(brought(other, later(60)), TrustCode.EXPIRED_ROOT);
    }

    @Test
    void floorsVersionsAndSignaturesStay() throws Exception {
        World world = World.ready(directory);
        world.floors.put(ALPHA, 2L);
        assertRefused(brought(world, STALE), TrustCode.BELOW_FLOOR);
        world.floors.clear();

        Forgery forged = new Forgery(world);
        forged.timestampSigner = world.mallory;
        assertRefused(
                verdict(world, World.source(forged.files()), STALE, medium(LIFE)), TrustCode.TIMESTAMP_SIGNATURES);

        MetadataSource before = World.source(world.releases.files());
        world.publish(later(1));
        assertAccepted(brought(world, STALE));
        assertRefused(verdict(world, before, STALE, medium(LIFE)), TrustCode.TIMESTAMP_ROLLBACK);
    }

    @Test
    void aMediumThatAnswersOtherwiseThanWhenItWasLookedAtIsRefused() throws Exception {
        World world = World.ready(directory);
        String seen = Sha256.hex(world.director.files(World.DEVICE).get("targets.json"));
        Carrier looked = new Carrier.Medium(LIFE, Optional.of(seen));
        world.assign(later(1), List.of(world.release(ALPHA, "1.0.0")));

        assertRefused(verdict(world, later(1), looked), TrustCode.ASSIGNMENT_NOT_SEEN);

        Acceptance.Accepted accepted = assertAccepted(brought(world, later(1)));
        Carrier again = new Carrier.Medium(LIFE, Optional.of(accepted.evidence().assignmentSha256()));
        assertAccepted(verdict(world, later(1), again));
    }

    @Test
    void aLifeIsPositiveAndAHashWellFormed() {
        List<Runnable> wrong = new ArrayList<>();
        wrong.add(() -> new Carrier.Medium(Duration.ZERO, Optional.empty()));
        wrong.add(() -> new Carrier.Medium(LIFE, Optional.of("x")));

        wrong.forEach(each -> assertThatIllegalArgumentException().isThrownBy(each::run));
    }

    private static Lifetimes hour() {
        Duration hour = Duration.ofHours(1);
        return new Lifetimes(hour, hour, hour, hour, hour);
    }

    private static Carrier medium(Duration life) {
        return new Carrier.Medium(life, Optional.empty());
    }

    private static Acceptance brought(World world, Instant now) {
        return verdict(world, now, medium(LIFE));
    }

    private static Acceptance verdict(World world, Instant now, Carrier carrier) {
        return verdict(world, world.releases.metadata(), now, carrier);
    }

    private static Acceptance verdict(World world, MetadataSource releases, Instant now, Carrier carrier) {
        try {
            return new UpdateVerifier(world.state(), world.releases.anchor(), world.director.anchor())
                    .verify(releases, world.director.metadata(World.DEVICE), World.UNIT, world.floors, now, carrier);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
