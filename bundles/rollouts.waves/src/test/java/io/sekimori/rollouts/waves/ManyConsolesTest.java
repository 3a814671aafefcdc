package io.sekimori.rollouts.waves;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.rollouts.Limits;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.TargetState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Consoles that end half way, and those that share the work. */
class ManyConsolesTest {

    @OnBothDatabases
    void aConsoleThatEndsAfterSigningLeavesTheRestToTheNext(Consoles consoles) throws Exception {
        World world = new World(consoles, 3);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(Limits.STRICT, true), "person:alice"));
        world.afterSigning = () -> {
            throw new IllegalStateException("the power is cut");
        };
        try {
            console.clockwork().tick();
        } catch (IllegalStateException e) {
            world.afterSigning = () -> {};
        }

        WaveRollouts next = world.console();
        next.clockwork().tick();
        int before = world.in(next, made.id(), TargetState.ASSIGNED).size();
        world.now = world.now.plus(Clockwork.CLAIM);
        next.clockwork().tick();

        assertThat(before).isZero();
        assertThat(world.in(next, made.id(), TargetState.ASSIGNED)).hasSize(3);
        world.targets(next, made.id())
                .forEach((id, target) -> assertThat(target.assignment())
                        .isEqualTo(world.versions.get(world.units.get(id).key())));
    }

    @OnBothDatabases
    void twoConsolesAssignEverybodyOnce(Consoles consoles) throws Exception {
        World world = new World(consoles, 120);
        List<WaveRollouts> both = List.of(world.console(), world.console());
        List<String> made = new ArrayList<>();
        made.add(World.accepted(both.get(0).create(world.draft(World.ANY, true, "10", "50%"), "person:alice"))
                .id());
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<?>> running = new ArrayList<>();
        for (WaveRollouts console : both) {
            running.add(threads.submit(() -> {
                for (int i = 0; i < 20; i++) {
                    console.clockwork().tick();
                    console.clockwork().reconcile();
                }
                return null;
            }));
        }
        for (Future<?> one : running) {
            one.get(120, TimeUnit.SECONDS);
        }
        threads.shutdown();

        assertThat(world.signed).doesNotHaveDuplicates().hasSize(120);
        assertThat(both.get(1).get(made.get(0)).orElseThrow().counts().get(TargetState.ASSIGNED))
                .isEqualTo(120);
    }
}
