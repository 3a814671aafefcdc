package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertAccepted;
import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.ALPHA;
import static io.sekimori.trust.World.BETA;
import static io.sekimori.trust.World.later;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An assignment that a floor rose above on its way is refused and no attack; what somebody makes below it is one. Alpha and
 * beta 1.0.0 are assigned at the beginning, and ten minutes later alpha is withdrawn.
 */
class OvertakenTest {

    private static final Instant WITHDRAWN = later(10);

    @TempDir
    private Path directory;

    private World world;
    private List<Release> old;

    @BeforeEach
    void release() throws Exception {
        world = World.ready(directory);
        old = List.of(world.release(ALPHA, "1.0.0"), world.release(BETA, "1.0.0"));
    }

    @Test
    void whatWasAssignedBeforeTheFloorRoseIsNoAttackHoweverOftenItComes() throws Exception {
        withdraw(WITHDRAWN);
        world.floors.put(ALPHA, 1L); // at the gateway's own floor it is not below it

        assertRefused(world.verdict(later(20)), TrustCode.FLOOR_RISEN);
        assertRefused(world.verdict(later(30)), TrustCode.FLOOR_RISEN);
    }

    @Test
    void whatRunsAlreadyIsNoneEither() throws Exception {
        assertAccepted(world.verdict(later(1)));
        withdraw(WITHDRAWN);

        assertRefused(world.verdict(later(20)), TrustCode.FLOOR_RISEN);
    }

    @Test
    void whatIsAssignedFromThatSecondOnIsOne() throws Exception {
        withdraw(WITHDRAWN);

        world.assign(WITHDRAWN.minusSeconds(1), old);
        assertRefused(world.verdict(later(20)), TrustCode.FLOOR_RISEN);
        world.assign(WITHDRAWN, old);
        assertRefused(world.verdict(later(20)), TrustCode.BELOW_FLOOR);
    }

    /** Who has the director's keys writes any date: behind what the gateway accepted last it helps nobody. */
    @Test
    void aDateBeforeWhatWasAcceptedLastIsNotBelieved() throws Exception {
        world.assign(later(5), old);
        assertAccepted(world.verdict(later(5)));
        withdraw(WITHDRAWN);

        world.assign(later(5).minusSeconds(1), old);
        assertRefused(world.verdict(later(20)), TrustCode.BELOW_FLOOR);
        world.assign(later(5), old);
        assertRefused(world.verdict(later(20)), TrustCode.FLOOR_RISEN);
    }

    @Test
    void onceAGatewayHasTakenWhatCameAfterTheFloorNoDateHelps() throws Exception {
        withdraw(WITHDRAWN);
        world.assign(later(11));
        assertAccepted(world.verdict(later(11)));

        for (int minute : new int[] {1, 9, 11, 12}) {
            world.assign(later(minute), old);
            assertRefused(world.verdict(later(20)), TrustCode.BELOW_FLOOR);
        }
    }

    @Test
    void belowAFloorThatTheGatewayConfirmedItIsOneWhateverItsDate() throws Exception {
        withdraw(WITHDRAWN);
        world.floors.put(ALPHA, 2L);

        assertRefused(world.verdict(later(20)), TrustCode.BELOW_FLOOR);
    }

    @Test
    void oneAmongSeveralThatWasBelowItsFloorBeforeMakesItOne() throws Exception {
        world.add(BETA, "1.1.0", 2, 2, List.of(), later(2));
        world.publish(later(2));
        world.assign(later(5), old);
        withdraw(WITHDRAWN);
        world.floors.put(BETA, 2L);

        assertRefused(world.verdict(later(20)), TrustCode.BELOW_FLOOR);
    }

    @Test
    void aFloorThatNobodyDatedGivesNoExcuse() throws Exception {
        withdraw(WITHDRAWN);
        Forgery forgery = new Forgery(world);
        forgery.targets.remove("issued");

        assertRefused(world.verdict(forgery.files(), later(20)), TrustCode.BELOW_FLOOR);
    }

    /** The oldest file that says so counts: a publisher above who says something else later gives no excuse. */
    @Test
    void ofAPublishersFloorThePublishersDateCounts() throws Exception {
        TestKey team = new TestKey();
        world.add(ALPHA, "1.1.0", 2, 2);
        world.publish(later(30));
        Tree tree = new Tree(world);
        tree.delegate(Tree.TOP, "team", team, "org.example.*/*/*");
        tree.move(world.release(ALPHA, "1.1.0").path(), Tree.TOP, "team");
        tree.role("team").put("issued", TufTime.format(WITHDRAWN));

        assertRefused(world.verdict(tree.files(), later(40)), TrustCode.FLOOR_RISEN);
        world.assign(later(20), old);
        assertRefused(world.verdict(tree.files(), later(40)), TrustCode.BELOW_FLOOR);
    }

    @Test
    void aPermitThatIsOverStaysWhatItWas() throws Exception {
        withdraw(WITHDRAWN);
        Permit permit = new Permit(
                later(11), later(15), World.MODEL, Set.of(), List.of(Permit.Item.of(old.get(0))), "until noon");
        world.releases.permit(permit.signed(List.of(world.targetsKey)), later(11));

        assertAccepted(world.verdict(later(12)));
        assertRefused(world.verdict(later(15)), TrustCode.PERMIT_EXPIRED);
    }

    @Test
    void aPermitForSomethingElseMakesNoAttackOfIt() throws Exception {
        withdraw(WITHDRAWN);
        Permit permit = new Permit(
                later(11), later(15), World.MODEL, Set.of(), List.of(Permit.Item.of(old.get(1))), "until noon");
        world.releases.permit(permit.signed(List.of(world.targetsKey)), later(11));

        assertRefused(world.verdict(later(12)), TrustCode.FLOOR_RISEN);
    }

    private void withdraw(Instant when) throws Exception {
        world.add(ALPHA, "1.1.0", 2, 2, List.of(), when);
        world.publish(when);
    }
}
