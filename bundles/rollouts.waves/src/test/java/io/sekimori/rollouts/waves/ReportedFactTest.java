package io.sekimori.rollouts.waves;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.DeviceReport.Outcome;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.rollouts.Limits;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.TargetState;
import java.util.List;

/** What a gateway reports is a fact, whatever it was assigned. */
class ReportedFactTest {

    @OnBothDatabases
    void aStickUpdateInBetweenIsTakenAsAFact(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(Limits.STRICT, true), "person:alice"));
        console.clockwork().tick();
        World.Unit unit = world.units.values().iterator().next();

        unit.running.add(World.bundle("org.example.extra", "1.0.0"));
        console.reported(unit.gateway(), unit.report());
        console.clockwork().tick();
        world.obey(console, unit.id, Outcome.CONFIRMED);

        assertThat(world.signed).hasSize(2);
        assertThat(unit.running).contains(World.bundle("org.example.extra", "1.0.0"), World.meter("2.0.0"));
        assertThat(console.get(made.id()).orElseThrow().counts().get(TargetState.CONFIRMED))
                .isEqualTo(1);
    }

    @OnBothDatabases
    void whatWasConfirmedAndDidNotStartAgainIsNoSuccessAnyMore(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(Limits.STRICT, true), "person:alice"));
        console.clockwork().tick();
        World.Unit unit = world.units.values().iterator().next();
        world.obey(console, unit.id, Outcome.CONFIRMED);
        long confirmed = unit.assignment;

        World.put(unit, World.meter("1.0.0"));
        unit.assignment = 0;
        unit.findings = List.of("FELL_BACK generation 2: FILE_DIFFERS org.example.meter/2.0.0");
        console.reported(unit.gateway(), unit.report());

        assertThat(world.in(console, made.id(), TargetState.REVERTED)).containsExactly(unit.id);

        World.put(unit, World.meter("2.0.0"));
        unit.assignment = confirmed;
        unit.findings = List.of();
        console.reported(unit.gateway(), unit.report());

        assertThat(world.in(console, made.id(), TargetState.CONFIRMED)).containsExactly(unit.id);
    }

    @OnBothDatabases
    void aReportThatNobodyHeardIsFoundLater(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(Limits.STRICT, true), "person:alice"));
        console.clockwork().tick();
        World.Unit unit = world.units.values().iterator().next();
        World.put(unit, World.meter("2.0.0"));
        unit.accepted = unit.assignment = world.versions.get(unit.key());
        unit.report();

        WaveRollouts restarted = world.console();
        restarted.clockwork().reconcile();

        assertThat(world.in(restarted, made.id(), TargetState.CONFIRMED)).containsExactly(unit.id);
    }
}
