package io.sekimori.itests.framework;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.sekimori.itests.support.Part;
import io.sekimori.itests.support.Parts;
import io.sekimori.trust.Sha256;
import io.sekimori.update.Outcome;
import io.sekimori.update.Phase;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.UpdateCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import javax.inject.Inject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.FrameworkWiring;

/** What the disk, the framework or somebody around {@code update} does in the middle of it ends in what ran before. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class FaultIT {

    private static final String ENGINE = "io.sekimori.update.engine";
    private static final String PACKAGE = "io.sekimori.itests.fixture";

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
    public void aStopThatThrows() throws Exception {
        String name = "io.sekimori.itests.stubborn";
        editions.running(editions.part(editions.renamed(name).with("Fixture-Behaviour", "STOP_THROWS")));

        comesBack(running().with(editions.part(editions.renamed(name))), UpdateCode.STOP_FAILED);
    }

    @Test
    public void aFileOfTheStoreThatChangesBeforeItIsInstalled() throws Exception {
        List<Part> coming = List.of(
                editions.part(editions.empty("io.sekimori.itests.one")),
                editions.part(editions.empty("io.sekimori.itests.other")));
        // Between the installation of one and that of the other, whichever comes first.
        SynchronousBundleListener disk = event -> {
            if (event.getType() == BundleEvent.INSTALLED) {
                coming.stream()
                        .filter(part -> gateway.named(part.symbolicName()).isEmpty())
                        .forEach(this::damage);
            }
        };
        context.addBundleListener(disk);
        try {
            comesBack(running().with(coming.get(0)).with(coming.get(1)), UpdateCode.INSTALL_FAILED);
        } finally {
            context.removeBundleListener(disk);
        }
    }

    @Test
    public void aBundleThatUsesTheOldOneDynamically() throws Exception {
        String exporter = "io.sekimori.itests.exporter";
        String user = "io.sekimori.itests.dynamic";
        editions.running(editions.part(editions.renamed(exporter).with("Export-Package", PACKAGE)));
        editions.running(editions.part(editions.empty(user).with("DynamicImport-Package", PACKAGE)));
        gateway.named(user).get(0).loadClass(PACKAGE + ".Greeting");

        comesBack(
                running().with(editions.part(editions.renamed(exporter).with("Export-Package", PACKAGE))),
                UpdateCode.PENDING_REMOVAL);
    }

    @Test
    public void somebodyWiresABundleAnewInProbation() throws Exception {
        String name = "io.sekimori.itests.bystander";
        editions.running(editions.part(editions.empty(name)));
        Bundle bystander = gateway.named(name).get(0);
        TreeMap<String, Integer> before = gateway.bundles();

        reverts(running().with(editions.well()), UpdateCode.WIRING_DIFFERS, () -> {
            bystander.stop(Bundle.STOP_TRANSIENT);
            context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bystander));
        });

        assertEquals(Bundle.INSTALLED, bystander.getState());
        bystander.start(Bundle.START_ACTIVATION_POLICY);
        assertEquals(before, gateway.bundles());
    }

    @Test
    public void aFileOfTheStoreThatChangesInProbation() throws Exception {
        Part next = editions.well();
        TreeMap<String, Integer> before = gateway.bundles();

        reverts(running().with(next), UpdateCode.VERIFY_FAILED, () -> damage(next));

        assertEquals(before, gateway.bundles());
    }

    @Test
    public void aPointerThatCannotBeWritten() throws Exception {
        TreeMap<String, Integer> before = gateway.bundles();
        Path state = gateway.bench().unit().resolve("state");
        byte[] pointer = Files.readAllBytes(state.resolve("confirmed.json"));
        Path inTheWay = state.resolve(".confirmed.json.tmp");
        try {
            reverts(running().with(editions.well()), UpdateCode.COMMIT_FAILED, () -> Files.createDirectory(inTheWay));
        } finally {
            Files.deleteIfExists(inTheWay);
        }

        assertEquals(before, gateway.bundles());
        assertArrayEquals(pointer, Files.readAllBytes(state.resolve("confirmed.json")));
    }

    @Test
    public void aNewEngineThatDoesNotTakeOver() throws Exception {
        Part mute = editions.mute(ENGINE);

        comesBack(running().swapped(mute.jar()), UpdateCode.HANDOVER_FAILED);
        editions.running(editions.well());
    }

    private Parts running() {
        return gateway.bench().running();
    }

    private interface Fault {
        void happens() throws IOException, BundleException;
    }

    private void comesBack(Parts next, UpdateCode why) throws Exception {
        TreeMap<String, Integer> before = gateway.bundles();

        reverts(next, why, () -> {});

        assertEquals(before, gateway.bundles());
    }

    /** Goes to these parts, which must be taken back for that reason; the fault happens once, in probation. */
    private void reverts(Parts next, UpdateCode why, Fault fault) throws Exception {
        CompletableFuture<Void> happened = new CompletableFuture<>();

        TransitionReport report = gateway.transition(next, (engine, progress) -> {
            if (progress.phase() == Phase.PROBATION && !happened.isDone()) {
                try {
                    fault.happens();
                    happened.complete(null);
                } catch (IOException
                        | BundleException
                        | RuntimeException
                        | LinkageError e) { // thrown again where the test is
                    happened.completeExceptionally(e);
                }
            }
        });

        if (happened.isDone()) {
            happened.get();
        }
        assertTrue(report.outcome().toString(), report.outcome() instanceof Outcome.Reverted);
        Outcome.Reverted reverted = (Outcome.Reverted) report.outcome();
        assertEquals(reverted.reason().toString(), why.name(), reverted.reason().code());
        assertEquals(report.from(), reverted.running());
        assertEquals(List.of(), gateway.bench().halts());
        assertFalse(gateway.bench().restartWanted());
    }

    private void damage(Part part) {
        try {
            Path file = gateway.bench().unit().resolve("store/sha256").resolve(Sha256.hex(part.jar()));
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
