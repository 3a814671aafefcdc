package io.sekimori.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.sekimori.audit.AuditReceipt;
import io.sekimori.audit.AuditTrail;
import io.sekimori.audit.AuditVerification;
import io.sekimori.config.Authorship;
import io.sekimori.config.Change;
import io.sekimori.config.ChangeOutcome;
import io.sekimori.config.Configurations;
import io.sekimori.itests.support.Parts;
import io.sekimori.itests.traffic.Call;
import io.sekimori.itests.traffic.Calls;
import io.sekimori.itests.traffic.Consumer;
import io.sekimori.itests.traffic.Load;
import io.sekimori.itests.traffic.Tally;
import io.sekimori.update.Outcome;
import io.sekimori.update.Phase;
import io.sekimori.update.Progress;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.UpdateCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ThreadLocalRandom;
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

/** The gateway replaces its own parts: capabilities under load, the engine itself, and what is configured. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class WholeGatewayIT {

    private static final String ENGINE = "io.sekimori.update.engine";
    private static final List<String> CAPABILITIES =
            List.of("io.sekimori.audit.chain", "io.sekimori.keys.file", "io.sekimori.config.admin");
    private static final String SETTING = "io.sekimori.itests.traffic.Setting~kept";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
    public void everyCapabilityIsReplacedAtOnceAndNoCallIsLost() throws Exception {
        Queue<AuditReceipt> receipts = new ConcurrentLinkedQueue<>();
        Parts next = gateway.bench().running();
        for (String capability : CAPABILITIES) {
            next = next.swapped(editions.of(capability));
        }

        Tally tally;
        try (Load load = new Load(
                calls(receipts),
                () -> Duration.ofNanos(ThreadLocalRandom.current()
                        .nextLong(Duration.ofMillis(500).toNanos())))) {
            load.awaitRound(PATIENCE);
            TransitionReport report = gateway.transition(next);
            load.awaitRound(PATIENCE);
            tally = load.tally();
            assertEquals(new Outcome.Confirmed(report.to()), report.outcome());
            assertEquals(CAPABILITIES.size(), report.swaps().size());
        }

        assertEquals(String.valueOf(tally.losses()), 0, tally.lost());
        AuditTrail trail = gateway.services().await(AuditTrail.class);
        assertTrue(trail.verify() instanceof AuditVerification.Intact);
        for (AuditReceipt receipt : receipts) {
            assertEquals(receipt, trail.read(receipt.sequence(), 1).get(0).receipt());
        }
    }

    @Test
    public void theEngineReplacesItself() throws Exception {
        Set<Phase> phases = new ConcurrentSkipListSet<>();
        Parts next = gateway.bench().running().swapped(editions.of(ENGINE));

        TransitionReport report = gateway.transition(next, (engine, progress) -> phases.add(progress.phase()));

        assertEquals(new Outcome.Confirmed(report.to()), report.outcome());
        assertTrue(phases.toString(), phases.contains(Phase.HANDOVER));
        assertEquals(
                List.of(next.bundle(ENGINE).version()),
                gateway.named(ENGINE).stream()
                        .map(bundle -> bundle.getVersion().toString())
                        .toList());
        editions.running(editions.well());
    }

    @Test
    public void anEngineThatHasTakenOverHandsBack() throws Exception {
        editions.running(editions.well());
        TreeMap<String, Integer> before = gateway.bundles();
        Parts next = gateway.bench().running().swapped(editions.of(ENGINE)).with(editions.behaving("UNHEALTHY_LATER"));

        TransitionReport report = gateway.transition(next);

        assertTrue(report.outcome().toString(), report.outcome() instanceof Outcome.Reverted);
        assertEquals(
                UpdateCode.UNHEALTHY.name(),
                ((Outcome.Reverted) report.outcome()).reason().code());
        assertEquals(before, gateway.bundles());
        editions.running(editions.well());
    }

    @Test
    public void whatAPersonConfiguredIsKeptOverASwap() throws Exception {
        configure(41);
        Parts next = gateway.bench()
                .running()
                .swapped(editions.of("io.sekimori.config.admin"))
                .swapped(editions.of("io.sekimori.audit.chain"));

        TransitionReport report = gateway.transition(next);

        assertEquals(new Outcome.Confirmed(report.to()), report.outcome());
        assertEquals(41L, configured());
    }

    @Test
    public void theConfigurationsOfAFailedTryAreTakenBack() throws Exception {
        editions.running(editions.well());
        configure(42);
        Parts next = gateway.bench().running().with(editions.behaving("UNHEALTHY_LATER"));
        List<Long> seen = new ArrayList<>();

        TransitionReport report = gateway.apply(
                gateway.bench().pack(next, "io.sekimori.itests.traffic.Setting~brought", Map.of("number", 7L)),
                (engine, progress) -> noteWhatIsBrought(progress, seen));

        assertTrue(report.outcome().toString(), report.outcome() instanceof Outcome.Reverted);
        assertTrue("the configuration was never there: " + seen, seen.contains(7L));
        assertEquals(
                0,
                configurations().read("io.sekimori.itests.traffic.Setting~brought").stream()
                        .filter(found -> !found.facts().removed())
                        .count());
        assertEquals(42L, configured());
    }

    private void noteWhatIsBrought(Progress progress, List<Long> seen) {
        if (progress.phase() == Phase.PROBATION) {
            try {
                configurations()
                        .read("io.sekimori.itests.traffic.Setting~brought")
                        .ifPresent(found -> seen.add(((Number) found.values().get("number")).longValue()));
            } catch (io.sekimori.config.ConfigException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Configurations configurations() throws InterruptedException {
        return gateway.services().await(Configurations.class);
    }

    private void configure(long number) throws Exception {
        long version = configurations()
                .read(SETTING)
                .map(found -> found.facts().version())
                .orElse(0L);
        ChangeOutcome outcome = configurations()
                .change(new Change(
                        SETTING, version, Map.of("number", number), Set.of(), new Authorship("itest", "test")));
        assertTrue(outcome.toString(), outcome instanceof ChangeOutcome.Applied);
    }

    private long configured() throws Exception {
        return ((Number) configurations().read(SETTING).orElseThrow().values().get("number")).longValue();
    }

    private List<Call> calls(Queue<AuditReceipt> receipts) throws InterruptedException {
        List<Call> calls = new ArrayList<>();
        for (String kind : List.of("ds", "tracker")) {
            Consumer consumer = gateway.services().await(Consumer.class, Consumer.KIND, kind);
            calls.add(Calls.audit(consumer, receipts));
            calls.add(Calls.keys(consumer));
            calls.add(Calls.configurations(consumer, "whole-" + kind));
            calls.add(Calls.reconfigure(consumer, kind.equals("ds") ? "io.sekimori.audit.chain" : ENGINE));
        }
        return calls;
    }
}
