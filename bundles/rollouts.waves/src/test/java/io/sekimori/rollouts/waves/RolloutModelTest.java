package io.sekimori.rollouts.waves;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.DeviceReport.Outcome;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.rollouts.Action;
import io.sekimori.rollouts.Limits;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.RolloutState;
import io.sekimori.rollouts.Target;
import io.sekimori.rollouts.TargetState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Whatever happens in whatever order, on two consoles: counts add up, nothing is confirmed that was not proved as signed, nothing
 * goes back from confirmed, and what ended stays ended.
 */
class RolloutModelTest {

    private static final int RUNS = 12;
    private static final int STEPS = 60;
    private static final int UNITS = 6;

    @OnBothDatabases
    void whateverHappensTheRulesHold(Consoles consoles) throws RolloutException {
        long seed = 20_261_122L;
        for (int run = 0; run < RUNS; run++) {
            new Course(consoles, new Random(seed + run)).run("seed " + (seed + run));
        }
    }

    /** One course of events. */
    private static final class Course {

        private final Random random;
        private final World world;
        private final List<WaveRollouts> both;
        private final String id;
        private final Map<String, Target> before = new HashMap<>();
        private final List<String> history = new ArrayList<>();

        Course(Consoles consoles, Random random) throws RolloutException {
            this.random = random;
            this.world = new World(consoles, UNITS);
            this.both = List.of(world.console(), world.console());
            Limits limits = new Limits(
                    random.nextInt(3), random.nextInt(3), random.nextInt(3), random.nextInt(3), random.nextInt(101));
            String[] waves = random.nextBoolean() ? new String[] {"1", "50%"} : new String[] {};
            this.id = World.accepted(
                            both.get(0).create(world.draft(limits, random.nextBoolean(), waves), "person:alice"))
                    .id();
            // Units of earlier courses stand in the same tables; they are other gateways to this one's fleet.
            world.units.values().forEach(unit -> unit.sequence = 1);
        }

        void run(String name) throws RolloutException {
            RolloutState last = RolloutState.RUNNING;
            for (int step = 0; step < STEPS; step++) {
                WaveRollouts console = both.get(random.nextInt(2));
                happen(console);
                Rollout rollout = console.get(id).orElseThrow();
                assertThat(rollout.counts().total()).as("%s %s", name, history).isEqualTo(UNITS);
                if (last.ended()) {
                    assertThat(rollout.state()).as("%s %s", name, history).isEqualTo(last);
                }
                last = rollout.state();
                check(console, rollout, name);
            }
        }

        private void happen(WaveRollouts console) throws RolloutException {
            World.Unit unit = new ArrayList<>(world.units.values()).get(random.nextInt(UNITS));
            int what = random.nextInt(14);
            history.add(what + ":" + unit.id.substring(2, 5));
            switch (what) {
                case 0, 1, 2, 3 -> console.clockwork().tick();
                case 4, 5, 6 -> obey(console, unit, Outcome.CONFIRMED);
                case 7 -> obey(console, unit, Outcome.values()[random.nextInt(Outcome.values().length)]);
                case 8 -> {
                    World.put(unit, World.bundle("org.example.extra", random.nextInt(3) + ".0.0"));
                    console.reported(unit.gateway(), unit.report());
                }
                case 9 -> world.now = world.now.plus(Duration.ofMinutes(random.nextInt(12)));
                case 10 -> console.clockwork().reconcile();
                case 11 -> {
                    console.takeBack(unit.id, "person:alice");
                    if (world.takenBack.containsKey(unit.key()) && random.nextBoolean()) {
                        world.hearTakenBack(console, unit.id);
                    }
                }
                case 12 -> {
                    boolean asSigned = random.nextBoolean();
                    unit.findings = asSigned ? List.of() : List.of("UNADMITTED org.example.intruder/1.0.0");
                    console.reported(unit.gateway(), unit.report());
                }
                default -> act(console);
            }
        }

        private void obey(WaveRollouts console, World.Unit unit, Outcome outcome) {
            if (world.orders.containsKey(unit.key())) {
                world.obey(console, unit.id, outcome);
            }
        }

        private void act(WaveRollouts console) throws RolloutException {
            Action action = random.nextInt(10) == 0 ? Action.STOP : random.nextBoolean() ? Action.RESUME : Action.PAUSE;
            console.act(id, action, OptionalLong.empty(), "person:alice");
        }

        private void check(WaveRollouts console, Rollout rollout, String name) throws RolloutException {
            for (Target target : world.targets(console, id).values()) {
                String at = name + " " + history + " " + target;
                Target earlier = before.put(target.gateway(), target);
                if (earlier != null && earlier.state() == TargetState.CONFIRMED) {
                    assertThat(target.state()).as(at).isEqualTo(TargetState.CONFIRMED);
                } else if (target.state() == TargetState.CONFIRMED) {
                    DeviceReport report =
                            world.units.get(target.gateway()).reported.orElseThrow();
                    assertThat(report.bundles()).as(at).contains(World.meter("2.0.0"));
                    assertThat(report.isAsSigned()).as(at).isTrue();
                }
                if (target.state() == TargetState.WAITING) {
                    assertThat(rollout.state().ended()).as(at).isFalse();
                } else if (target.wave() > rollout.wave()) {
                    assertThat(target.state()).as(at).isEqualTo(TargetState.CANCELLED);
                }
            }
        }
    }
}
