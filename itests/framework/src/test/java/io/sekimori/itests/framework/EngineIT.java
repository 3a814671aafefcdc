package io.sekimori.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.sekimori.itests.support.Fixture;
import io.sekimori.itests.support.Part;
import io.sekimori.launcher.Rehearsal;
import io.sekimori.launcher.Rehearsed;
import io.sekimori.update.Outcome;
import io.sekimori.update.PlannedBundle.Action;
import io.sekimori.update.TransitionReport;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
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

/** The road forward in the running framework: each mode, additions, removals, and the wiring that results. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class EngineIT {

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
    public void overlapHasNoGapAndServesTheNewVersion() throws Exception {
        Part old = editions.running(editions.well());
        Part next = editions.well();

        TransitionReport report = gateway.transition(gateway.bench().running().with(next));

        assertEquals(new Outcome.Confirmed(report.to()), report.outcome());
        assertEquals(1, report.swaps().size());
        assertEquals(Action.OVERLAP, report.swaps().get(0).action());
        assertEquals(Duration.ZERO, report.swaps().get(0).gap());
        assertEquals(next.version(), greeting());
        assertEquals(List.of(next.version()), versions(old.symbolicName()));
    }

    @Test
    public void replaceMeasuresItsGap() throws Exception {
        editions.running(editions.well().replace());
        Part next = editions.well().replace();

        TransitionReport report = gateway.transition(gateway.bench().running().with(next));

        assertEquals(new Outcome.Confirmed(report.to()), report.outcome());
        assertEquals(Action.REPLACE, report.swaps().get(0).action());
        assertTrue(report.swaps().toString(), report.swaps().get(0).gap().toNanos() > 0);
        assertEquals(next.version(), greeting());
    }

    @Test
    public void aRemovedBundleIsGone() throws Exception {
        editions.running(editions.well());

        TransitionReport report = gateway.transition(gateway.bench().running().without(Fixture.NAME));

        assertEquals(new Outcome.Confirmed(report.to()), report.outcome());
        assertEquals(List.of(), versions(Fixture.NAME));
    }

    @Test
    public void theWiringIsThatOfAColdStart() throws Exception {
        editions.running(editions.well());
        TransitionReport report = gateway.transition(gateway.bench().running().with(editions.well()));

        Rehearsal rehearsal = gateway.services().await(Rehearsal.class);
        Rehearsed cold = rehearsal.rehearse(OptionalInt.empty(), report.to());

        assertTrue(cold.toString(), cold instanceof Rehearsed.Resolved);
        assertEquals(List.of(), rehearsal.wiring().differences(((Rehearsed.Resolved) cold).cold()));
    }

    private String greeting() throws InterruptedException {
        return String.valueOf(
                gateway.services().await(Supplier.class, "fixture", "greeting").get());
    }

    private List<String> versions(String symbolicName) {
        return gateway.named(symbolicName).stream()
                .map(bundle -> bundle.getVersion().toString())
                .toList();
    }
}
