package io.sekimori.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.sekimori.itests.support.Part;
import io.sekimori.itests.traffic.Call;
import io.sekimori.itests.traffic.Load;
import io.sekimori.itests.traffic.LostCall;
import io.sekimori.update.Outcome;
import io.sekimori.update.Phase;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.UpdateCode;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import javax.inject.Inject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** Whatever goes wrong with a bundle or is cancelled, the gateway ends in exactly the bundles it had before. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class WayBackIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    private BundleContext context;

    private Gateway gateway;
    private Editions editions;

    @Configuration
    public Option[] framework() throws Exception {
        return Scenario.launched();
    }

    @Before
    public void aGateway() throws Exception {
        gateway = Gateway.on(context);
        editions = new Editions(gateway);
    }

    @Test
    public void aStartThatThrowsIsTakenBack() throws Exception {
        comesBack(editions.behaving("START_THROWS"), UpdateCode.START_FAILED);
    }

    @Test
    public void aReplacementWhoseStartThrowsIsTakenBack() throws Exception {
        comesBack(editions.behaving("START_THROWS").replace(), UpdateCode.START_FAILED);
    }

    @Test
    public void anUnhealthyBundleIsTakenBack() throws Exception {
        comesBack(editions.behaving("UNHEALTHY"), UpdateCode.UNHEALTHY);
    }

    @Test
    public void aCheckThatThrowsCountsAsUnhealthy() throws Exception {
        comesBack(editions.behaving("CHECK_THROWS"), UpdateCode.UNHEALTHY);
    }

    @Test
    public void anUnsatisfiedComponentIsTakenBack() throws Exception {
        comesBack(editions.unsatisfied(), UpdateCode.COMPONENTS_UNSATISFIED);
    }

    @Test
    public void errorsInProbationAreTakenBack() throws Exception {
        comesBack(editions.behaving("ERRORS"), UpdateCode.ERROR_RATE);
    }

    @Test
    public void whatTurnsUnhealthyInProbationIsTakenBackAndNoCallIsLost() throws Exception {
        editions.running(editions.well());
        ServiceTracker<?, ?> tracker = greetings();
        Call call = pause -> {
            Object greeting = tracker.getService();
            if (!(greeting instanceof Supplier<?> supplier)) {
                throw new LostCall("no greeting", null);
            }
            supplier.get();
            pause.spend();
            supplier.get();
        };

        try (Load load = new Load(
                Collections.nCopies(8, call),
                () -> Duration.ofNanos(ThreadLocalRandom.current().nextLong(100_000_000)))) {
            load.awaitRound(PATIENCE);
            comesBack(editions.behaving("UNHEALTHY_LATER"), UpdateCode.UNHEALTHY);
            load.awaitRound(PATIENCE);

            assertEquals(String.valueOf(load.tally().losses()), 0, load.tally().lost());
            assertTrue(load.tally().made() > 0);
        } finally {
            tracker.close();
        }
    }

    @Test
    public void cancellingInAnyPhaseBeforeTheCommitTakesEverythingBack() throws Exception {
        editions.running(editions.well());
        for (Phase phase : List.of(Phase.VERIFY, Phase.STAGE, Phase.REHEARSE, Phase.SWAP, Phase.PROBATION)) {
            TreeMap<String, Integer> before = gateway.bundles();

            TransitionReport report =
                    gateway.transition(gateway.bench().running().with(editions.well()), (engine, progress) -> {
                        if (progress.phase() == phase) {
                            engine.cancel(progress.id());
                        }
                    });

            assertEquals("cancelled in " + phase, new Outcome.Cancelled(report.from()), report.outcome());
            assertEquals("cancelled in " + phase, before, gateway.bundles());
        }
    }

    @Test
    public void afterTheCommitNobodyCanCancel() throws Exception {
        editions.running(editions.well());
        List<Boolean> answers = Collections.synchronizedList(new java.util.ArrayList<>());

        TransitionReport report =
                gateway.transition(gateway.bench().running().with(editions.well()), (engine, progress) -> {
                    if (progress.phase().compareTo(Phase.COMMIT) > 0) {
                        answers.add(engine.cancel(progress.id()));
                    }
                });

        assertEquals(new Outcome.Confirmed(report.to()), report.outcome());
        assertFalse("cancelled after the commit", answers.contains(true));
        assertFalse("no phase after the commit was seen", answers.isEmpty());
    }

    private void comesBack(Part bad, UpdateCode why) throws Exception {
        Part good = editions.running(editions.well());
        TreeMap<String, Integer> before = gateway.bundles();

        TransitionReport report = gateway.transition(gateway.bench().running().with(bad));

        assertTrue(report.outcome().toString(), report.outcome() instanceof Outcome.Reverted);
        Outcome.Reverted reverted = (Outcome.Reverted) report.outcome();
        assertEquals(reverted.reason().toString(), why.name(), reverted.reason().code());
        assertEquals(report.from(), reverted.running());
        assertEquals(before, gateway.bundles());
        assertEquals(
                good.version(),
                gateway.services().await(Supplier.class, "fixture", "greeting").get());
        assertEquals(List.of(), gateway.bench().halts());
    }

    private ServiceTracker<?, ?> greetings() throws Exception {
        ServiceTracker<?, ?> tracker = new ServiceTracker<>(context, context.createFilter("(fixture=greeting)"), null);
        tracker.open();
        return tracker;
    }
}
