package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Generation;
import io.sekimori.launcher.Rehearsed;
import io.sekimori.launcher.Wiring;
import io.sekimori.trust.Swap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RewiringTest {

    private static final Generation FROM = Generations.of(
            1,
            Generations.bundle("library", 1, Swap.OVERLAP, 1),
            Generations.bundle("user", 1, Swap.OVERLAP, 1),
            Generations.bundle("users-user", 1, Swap.OVERLAP, 1),
            Generations.bundle("other", 1, Swap.OVERLAP, 1));
    private static final Generation TO = Generations.of(
            2,
            Generations.bundle("library", 2, Swap.OVERLAP, 1),
            Generations.bundle("user", 1, Swap.OVERLAP, 1),
            Generations.bundle("users-user", 1, Swap.OVERLAP, 1),
            Generations.bundle("other", 1, Swap.OVERLAP, 1));
    private static final Wiring COLD = wiring("library/2.0.0");

    @Test
    void equalWiringNeedsNothing() {
        Rewiring rewiring = Rewiring.of(new Rehearsed.Resolved(COLD, COLD, Set.of()), FROM, TO);

        assertThat(rewiring).isEqualTo(Rewiring.NONE);
    }

    @Test
    void whoIsWiredToWhatGoesIsWiredAnewAndSoAreItsUsers() {
        Rehearsed.Resolved rehearsed = new Rehearsed.Resolved(COLD, wiring("library/1.0.0"), Set.of("user/1.0.0"));

        Rewiring rewiring = Rewiring.of(rehearsed, FROM, TO);

        assertThat(rewiring.rewired()).containsOnlyKeys("user", "users-user");
        assertThat(rewiring.needsNewProcess()).isEmpty();
    }

    @Test
    void aNewBundleThatIsWiredOtherwiseNeedsANewProcess() {
        Wiring hot = Wiring.of(Map.of("library/2.0.0", List.of("osgi.wiring.package;p -> other/1.0.0")));

        Rewiring rewiring = Rewiring.of(new Rehearsed.Resolved(COLD, hot, Set.of()), FROM, TO);

        assertThat(rewiring.needsNewProcess().orElseThrow()).startsWith("library/2.0.0 ");
    }

    @Test
    void aBundleThatStaysAndIsWiredOtherwiseIsWiredAnew() {
        Rewiring rewiring = Rewiring.of(new Rehearsed.Resolved(COLD, wiring("other/1.0.0"), Set.of()), FROM, TO);

        assertThat(rewiring.rewired().keySet()).containsExactlyInAnyOrder("user", "users-user");
        assertThat(rewiring.needsNewProcess()).isEmpty();
    }

    @Test
    void whatGoesAnywayIsNotWiredAnew() {
        assertThat(Rewiring.of(new Rehearsed.Resolved(COLD, COLD, Set.of("library/2.0.0")), FROM, TO))
                .isEqualTo(Rewiring.NONE);
        Wiring usesUser = Wiring.of(Map.of("library/2.0.0", List.of("osgi.wiring.package;q -> user/1.0.0")));

        Rewiring rewiring = Rewiring.of(new Rehearsed.Resolved(usesUser, usesUser, Set.of("user/1.0.0")), FROM, TO);

        assertThat(rewiring.rewired()).containsOnlyKeys("user");
    }

    @Test
    void usersAreFoundHoweverFarAndInWhateverOrder() {
        Generation all = Generations.of(
                1,
                Generations.bundle("a-top", 1, Swap.OVERLAP, 1),
                Generations.bundle("b-middle", 1, Swap.OVERLAP, 1),
                Generations.bundle("c-low", 1, Swap.OVERLAP, 1));
        Wiring wiring = Wiring.of(Map.of(
                "a-top/1.0.0", List.of("osgi.wiring.package;p -> b-middle/1.0.0"),
                "b-middle/1.0.0", List.of("osgi.wiring.package;q -> c-low/1.0.0")));

        Rewiring rewiring = Rewiring.of(new Rehearsed.Resolved(wiring, wiring, Set.of("c-low/1.0.0")), all, all);

        assertThat(rewiring.rewired()).containsOnlyKeys("a-top", "b-middle", "c-low");
    }

    private static Wiring wiring(String library) {
        return Wiring.of(Map.of(
                "library/2.0.0", List.of(),
                "user/1.0.0", List.of("osgi.wiring.package;p -> " + library),
                "users-user/1.0.0", List.of("osgi.wiring.package;q -> user/1.0.0"),
                "other/1.0.0", List.of()));
    }
}
