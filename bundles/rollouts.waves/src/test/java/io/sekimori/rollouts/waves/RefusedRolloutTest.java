package io.sekimori.rollouts.waves;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.Life;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.rollouts.Action;
import io.sekimori.rollouts.BundleChange;
import io.sekimori.rollouts.Draft;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutAnswer.Refused;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.Selection;
import io.sekimori.rollouts.Target;
import io.sekimori.rollouts.TargetState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Rollouts that cannot be, and gateways that cannot be assigned what a rollout wants. */
class RefusedRolloutTest {

    @OnBothDatabases
    void whoCannotBeAssignedIsRefusedWithItsReason(Consoles consoles) throws Exception {
        World world = new World(consoles, 3);
        WaveRollouts console = world.console();
        List<World.Unit> units = new ArrayList<>(world.units.values());
        Rollout made = World.accepted(console.create(world.draft(World.ANY, true), "person:alice"));
        units.get(0).life = Life.SUSPENDED;
        units.get(1).reported = Optional.empty();
        world.refusing.add(units.get(2).key());

        console.clockwork().tick();

        Map<String, Target> targets = world.targets(console, made.id());
        assertThat(targets.values()).allSatisfy(one -> assertThat(one.state()).isEqualTo(TargetState.REFUSED));
        assertThat(units.stream().map(unit -> targets.get(unit.id).code()))
                .containsExactly("GATEWAY_NOT_ACTIVATED", "NEVER_REPORTED", "BELOW_FLOOR");
    }

    @OnBothDatabases
    void whatAGatewayHasToSayDoesNotStopARolloutHoweverLongItIs(Consoles consoles) throws Exception {
        World world = new World(consoles, 2);
        WaveRollouts console = world.console();
        List<World.Unit> units = new ArrayList<>(world.units.values());
        Rollout made = World.accepted(console.create(world.draft(World.ANY, true), "person:alice"));
        world.refusing.add(units.get(0).key());
        world.floor = "x".repeat(1_999) + "\uD83D\uDE00\u0000" + "y".repeat(5_000);

        console.clockwork().tick();

        Map<String, Target> targets = world.targets(console, made.id());
        assertThat(units.stream().map(unit -> targets.get(unit.id).state()))
                .containsExactly(TargetState.REFUSED, TargetState.ASSIGNED);
    }

    @OnBothDatabases
    void whatCannotBeIsRefusedAtOnce(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        Draft good = world.draft(World.ANY, true);

        assertThat(code(console, with(good, new Selection.Listed(List.of("g-aaaaaaaaaaaa")))))
                .isEqualTo(RolloutCode.SELECTION_UNFIT);
        assertThat(code(console, with(good, new Selection.Matching(Map.of("colour", "red")))))
                .isEqualTo(RolloutCode.FILTER_INVALID);
        assertThat(code(console, with(good, new Selection.Matching(Map.of("life", "RETIRED")))))
                .isEqualTo(RolloutCode.SELECTION_UNFIT);
        Draft unknown = new Draft(
                "n",
                good.selection(),
                List.of(new BundleChange(World.BUNDLE, Optional.of("9.9.9"))),
                List.of(),
                World.ANY,
                true,
                good.silentAfter());
        assertThat(code(console, unknown)).isEqualTo(RolloutCode.RELEASE_UNKNOWN);
        assertThat(((Refused) World.act(console, "r-aaaaaaaaaaaa", Action.STOP)).code())
                .isEqualTo(RolloutCode.ROLLOUT_UNKNOWN);
        Rollout made = World.accepted(console.create(good, "person:alice"));
        assertThat(((Refused) World.act(console, made.id(), Action.ROLL_BACK)).code())
                .isEqualTo(RolloutCode.NOTHING_TO_ROLL_BACK);
        assertThat(((Refused) console.act(made.id(), Action.STOP, OptionalLong.of(7), "person:alice")).code())
                .isEqualTo(RolloutCode.CHANGED_MEANWHILE);
    }

    private static RolloutCode code(WaveRollouts console, Draft draft) throws RolloutException {
        return ((Refused) console.create(draft, "person:alice")).code();
    }

    private static Draft with(Draft draft, Selection selection) {
        return new Draft(
                draft.name(),
                selection,
                draft.changes(),
                draft.waves(),
                draft.limits(),
                draft.automatic(),
                draft.silentAfter());
    }
}
