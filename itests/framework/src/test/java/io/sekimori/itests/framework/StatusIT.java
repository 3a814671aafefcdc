package io.sekimori.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.sekimori.itests.support.Parts;
import io.sekimori.itests.traffic.Call;
import io.sekimori.itests.traffic.Load;
import io.sekimori.itests.traffic.LostCall;
import io.sekimori.itests.traffic.Tally;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.ports.Listener;
import io.sekimori.ports.Look;
import io.sekimori.ports.PortCode;
import io.sekimori.ports.Ports;
import io.sekimori.status.BundleStatus;
import io.sekimori.status.BundleStatus.Verdict;
import io.sekimori.status.Finding;
import io.sekimori.status.Status;
import io.sekimori.status.StatusService;
import io.sekimori.update.Outcome;
import io.sekimori.update.TransitionReport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
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

/** The gateway sees what is done to its files and what it opens, and goes on seeing it while those who look are replaced. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class StatusIT {

    private static final String KURA = "io.sekimori.kura";
    private static final String STATUS = "io.sekimori.status.signed";
    private static final String PORTS = "io.sekimori.ports.linux";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    private BundleContext context;

    private Gateway gateway;
    private Path unit;

    @Configuration
    public Option[] framework() throws Exception {
        return Scenario.launched();
    }

    @Before
    public void aGateway() throws Exception {
        gateway = Gateway.on(context);
        unit = gateway.services().await(RunningGeneration.class).unit();
    }

    @Test
    public void aBundleThatIsEditedOnDiskIsFoundWhileItRuns() throws Exception {
        BundleStatus before = bundle(status(), KURA);
        Path file = unit.resolve("store/sha256").resolve(before.sha256());
        byte[] right = Files.readAllBytes(file);

        // Behind the end of the archive, so that the running bundle can still be read.
        byte[] longer = Arrays.copyOf(right, right.length + 1);
        List<BundleStatus> seen = whileItIs(file, longer, () -> List.of(bundle(status(), KURA)));

        assertEquals(Verdict.VOUCHED, before.verdict());
        assertEquals("FILE_DIFFERS", seen.get(0).code());
        assertEquals(Verdict.VOUCHED, bundle(status(), KURA).verdict());
    }

    @Test
    public void anotherAnchorVouchesForNothing() throws Exception {
        List<Status> seen = whileItIs(unit.resolve("trust/root.json"), new byte[] {'{', '}'}, () -> List.of(status()));

        assertTrue(seen.get(0).bundles().stream().allMatch(bundle -> bundle.verdict() == Verdict.REFUSED));
        assertEquals(Verdict.VOUCHED, bundle(status(), KURA).verdict());
    }

    @Test
    public void aFileOfTheLauncherThatIsEditedIsFound() throws Exception {
        Path lib = unit.resolve("slots")
                .resolve(gateway.services().await(RunningGeneration.class).slot())
                .resolve("lib");
        Path more = lib.resolve("more.jar");
        Files.writeString(more, "");
        try {
            assertTrue(status().findings().toString(), codes(status()).contains("SLOT_DIFFERS"));
        } finally {
            Files.delete(more);
        }
    }

    @Test
    public void aSocketThatNoBundleDeclaresIsAFindingAndTheControlSocketIsNot() throws Exception {
        try (ServerSocket open = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Look look = gateway.services().await(Ports.class).look();

            assertTrue(look.findings().stream()
                    .anyMatch(one -> one.code() == PortCode.PORT_UNDECLARED
                            && one.detail().endsWith(":" + open.getLocalPort())));
            assertTrue(codes(status()).contains("PORT_UNDECLARED"));
            assertTrue(
                    look.listeners().toString(),
                    look.listeners().stream().map(Listener::bundle).anyMatch("io.sekimori.control.socket"::equals));
        }
    }

    @Test
    public void aStatusCostsLittle() throws Exception {
        StatusService service = gateway.services().await(StatusService.class);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        service.now();
        long before = threads.getCurrentThreadCpuTime();
        Status status = service.now();
        long nanos = threads.getCurrentThreadCpuTime() - before;

        // A figure for people, no limit: a test must not depend on who is faster.
        System.out.printf(
                "status: %d ms of processor for %d bundles, health checks left out%n",
                Duration.ofNanos(nanos).toMillis(), status.bundles().size());
        assertTrue(status.bundles().size() > 20);
    }

    @Test
    public void statusAndPortsLoseNoCallWhileTheyAreReplaced() throws Exception {
        Editions editions = new Editions(gateway);
        Parts next = gateway.bench().running().swapped(editions.of(STATUS)).swapped(editions.of(PORTS));

        Tally tally;
        try (Load load = new Load(
                List.of(
                        calling(StatusService.class, service -> service.now().generation() > 0),
                        calling(
                                Ports.class,
                                service -> !service.look().listeners().isEmpty())),
                () -> Duration.ofMillis(20))) {
            load.awaitRound(PATIENCE);
            TransitionReport report = gateway.transition(next);
            load.awaitRound(PATIENCE);
            tally = load.tally();
            assertEquals(new Outcome.Confirmed(report.to()), report.outcome());
        }

        assertEquals(String.valueOf(tally.losses()), 0, tally.lost());
    }

    private interface Seeing<T> {
        T see() throws Exception;
    }

    /** What is seen while a file has other bytes. */
    private static <T> T whileItIs(Path file, byte[] bytes, Seeing<T> seeing) throws Exception {
        byte[] right = Files.readAllBytes(file);
        overwrite(file, bytes);
        try {
            return seeing.see();
        } finally {
            overwrite(file, right);
        }
    }

    private static void overwrite(Path file, byte[] bytes) throws IOException {
        file.toFile().setWritable(true);
        Files.write(file, bytes);
    }

    private <S> Call calling(Class<S> type, Function<S, Boolean> right) {
        ServiceTracker<S, S> tracker = new ServiceTracker<>(context, type, null);
        tracker.open();
        return pause -> {
            S service = tracker.getService();
            pause.spend();
            if (service == null || !right.apply(service)) {
                throw new LostCall("no right answer of " + type.getSimpleName(), null);
            }
        };
    }

    private Status status() throws InterruptedException {
        return gateway.services().await(StatusService.class).now();
    }

    private static BundleStatus bundle(Status status, String name) {
        return status.bundles().stream()
                .filter(one -> one.name().equals(name) && one.state().equals("ACTIVE"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> codes(Status status) {
        return status.findings().stream().map(Finding::code).toList();
    }
}
