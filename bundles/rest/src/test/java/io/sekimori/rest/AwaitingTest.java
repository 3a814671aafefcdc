package io.sekimori.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.releases.GivenApproval;
import io.sekimori.rest.Awaiting.Group;
import io.sekimori.trust.ApprovalDemand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is still missing, as a gateway would count. */
class AwaitingTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final String DEVICE = "d".repeat(64);
    private static final String ANN = "a".repeat(64);
    private static final String BOB = "b".repeat(64);
    private static final String CHO = "c".repeat(64);
    private static final ApprovalDemand DEMAND = new ApprovalDemand(
            true,
            List.of(
                    new ApprovalDemand.Group("release-manager", 1, Set.of(ANN)),
                    new ApprovalDemand.Group("customer", 2, Set.of(BOB, CHO))),
            10);

    @Test
    void everyKeyCountsOnceInItsGroup() {
        assertThat(counted()).containsExactly(group("release-manager", 0, 1), group("customer", 0, 2));
        assertThat(counted(given(List.of(BOB), Set.of(), NOON), given(List.of(BOB, ANN), Set.of(DEVICE), NOON)))
                .containsExactly(group("release-manager", 1, 1), group("customer", 1, 2));
        assertThat(counted(given(List.of("e".repeat(64)), Set.of(), NOON)))
                .containsExactly(group("release-manager", 0, 1), group("customer", 0, 2));
    }

    @Test
    void whatTheGatewayWouldNotCountIsNotCounted() {
        assertThat(counted(given(List.of(ANN), Set.of("e".repeat(64)), NOON)).get(0))
                .isEqualTo(group("release-manager", 0, 1));
        // In time by itself, and not by the gateway's policy.
        assertThat(counted(given(List.of(ANN), Set.of(), NOON.minus(DAY.multipliedBy(10))))
                        .get(0))
                .isEqualTo(group("release-manager", 0, 1));
        assertThat(counted(given(List.of(ANN), Set.of(), NOON.plus(DAY).plusSeconds(1)))
                        .get(0))
                .isEqualTo(group("release-manager", 0, 1));
        assertThat(counted(new GivenApproval(
                        List.of(ANN, BOB), List.of(ANN), Set.of(), NOON, NOON.plus(DAY), NOON, "person:otto")))
                .containsExactly(group("release-manager", 0, 1), group("customer", 1, 2));
    }

    @Test
    void whoDoesNotSayIsNotGuessedAt() {
        assertThat(Awaiting.of(Optional.empty(), List.of(), DEVICE, NOON).state())
                .isEqualTo("UNKNOWN");
        assertThat(Awaiting.of(Optional.of(ApprovalDemand.UNREADABLE), List.of(), DEVICE, NOON)
                        .state())
                .isEqualTo("UNREADABLE");
        assertThat(Awaiting.of(Optional.of(ApprovalDemand.NOTHING), List.of(), DEVICE, NOON)
                        .state())
                .isEqualTo("NONE");
    }

    private static List<Group> counted(GivenApproval... given) {
        Awaiting awaiting = Awaiting.of(Optional.of(DEMAND), List.of(given), DEVICE, NOON);
        assertThat(awaiting.state()).isEqualTo("GROUPS");
        return awaiting.groups();
    }

    private static GivenApproval given(List<String> keys, Set<String> devices, Instant issued) {
        return new GivenApproval(
                keys, List.of(), devices, issued, issued.plus(DAY.multipliedBy(30)), issued, "person:otto");
    }

    private static Group group(String name, long has, long needs) {
        return new Group(name, has, needs);
    }
}
