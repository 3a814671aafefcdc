package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertAccepted;
import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.ALPHA;
import static io.sekimori.trust.World.NOW;
import static io.sekimori.trust.World.later;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a director's dates allow, apart from those of the releases. */
class DirectorTimeTest {

    @TempDir
    Path directory;

    private World world;

    @BeforeEach
    void aReadyWorld() throws Exception {
        world = World.ready(directory);
    }

    @Test
    void aDirectorWhoseRootHasExpiredAssignsNothingHoweverFreshAllElseIs() throws Exception {
        Instant late = NOW.plus(Lifetimes.DEFAULT.root());
        world.releases.newRoot(world.releaseRoles(), List.of(world.rootKey), Lifetimes.DEFAULT, late);
        world.publish(late);
        world.assign(late);

        Acceptance verdict = world.verdict(late);

        assertRefused(verdict, TrustCode.EXPIRED_ROOT);
        assertThat(((Acceptance.Refused) verdict).refusal().detail()).contains("director");
    }

    @Test
    void anAssignmentTellsTheTimeToAClockThatIsLate() throws Exception {
        world.director.assign(draft(), List.of(world.directorKey), Lifetimes.DEFAULT, later(60));
        Lifetimes brief = Lifetimes.DEFAULT.assigning(Duration.ofMinutes(30));
        assertAccepted(world.verdict(NOW));

        // Whoever stole the director's key may date it back, and the clock is late: what was accepted is not forgotten.
        world.director.assign(draft(), List.of(world.directorKey), brief, NOW);

        assertRefused(world.verdict(NOW), TrustCode.EXPIRED_ASSIGNMENT);
    }

    private AssignmentDraft draft() throws Exception {
        return new AssignmentDraft(
                World.DEVICE, World.MODEL, List.of(Assigned.of(world.release(ALPHA, "1.0.0"), 10)), Map.of());
    }
}
