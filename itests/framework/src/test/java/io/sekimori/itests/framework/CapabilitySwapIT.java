package io.sekimori.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.sekimori.audit.AuditReceipt;
import io.sekimori.audit.AuditRecord;
import io.sekimori.audit.AuditTrail;
import io.sekimori.audit.AuditVerification;
import io.sekimori.itests.support.BundleJar;
import io.sekimori.itests.support.Jars;
import io.sekimori.itests.support.UnitAlone;
import io.sekimori.itests.traffic.Call;
import io.sekimori.itests.traffic.Calls;
import io.sekimori.itests.traffic.Consumer;
import io.sekimori.itests.traffic.Load;
import io.sekimori.itests.traffic.Tally;
import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.launcher.RunningGeneration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;

/**
 * Every capability is replaced under eight callers, four behind Declarative Services and four behind service trackers,
 * whose calls last 0 to 500 ms, while it is reconfigured: no call is lost. The same load with {@code Bundle.update}
 * loses calls, so the load would notice.
 */
@RunWith(PaxExam.class)
public class CapabilitySwapIT {

    // The audit is what the others depend on, and has something to configure.
    private static final String CONFIGURABLE = "io.sekimori.audit.chain";
    private static final int SWAPS = Integer.getInteger("itests.swaps", 5);
    private static final int MOST_UPDATES = 60;
    private static final int CALLERS_OF_A_KIND = 4;
    private static final long LONGEST_NANOS = Duration.ofMillis(500).toNanos();
    private static final long RECONFIGURED_EVERY_NANOS = Duration.ofMillis(20).toNanos();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    private BundleContext context;

    private final AtomicInteger editions = new AtomicInteger();
    private Services services;
    private Path folder;

    @Configuration
    public Option[] framework() throws IOException {
        return Scenario.withoutLauncher();
    }

    @Before
    public void aUnit() throws Exception {
        services = new Services(context);
        folder = Files.createTempDirectory("sekimori-swap");
        context.registerService(RunningGeneration.class, new UnitAlone(folder.resolve("unit")), null);
    }

    @After
    public void removeFiles() throws IOException {
        Folders.delete(folder);
    }

    @Test
    public void auditLosesNoEntryWhileItIsSwapped() throws Exception {
        Queue<AuditReceipt> receipts = new ConcurrentLinkedQueue<>();

        swapsLoseNothing("io.sekimori.audit.chain", (consumer, n) -> Calls.audit(consumer, receipts));

        assertEveryReceiptIsInTheTrail(receipts);
    }

    @Test
    public void keysLoseNoSignatureWhileTheyAreSwapped() throws Exception {
        makeDeviceKey();

        swapsLoseNothing("io.sekimori.keys.file", (consumer, n) -> Calls.keys(consumer));
    }

    @Test
    public void configLosesNoChangeWhileItIsSwapped() throws Exception {
        swapsLoseNothing("io.sekimori.config.admin", (consumer, n) -> Calls.configurations(consumer, "caller-" + n));
    }

    @Test
    public void vaultLosesNoValueAndNoOpenFileWhileItIsSwapped() throws Exception {
        swapsLoseNothing("io.sekimori.vault.sealed", (consumer, n) -> Calls.vault(consumer, "caller-" + n));
    }

    @Test
    public void updatingAuditInPlaceLosesEntries() throws Exception {
        updatesLoseSomething(
                "io.sekimori.audit.chain", (consumer, n) -> Calls.audit(consumer, new ConcurrentLinkedQueue<>()));
    }

    @Test
    public void updatingKeysInPlaceLosesSignatures() throws Exception {
        makeDeviceKey();

        updatesLoseSomething("io.sekimori.keys.file", (consumer, n) -> Calls.keys(consumer));
    }

    @Test
    public void updatingConfigInPlaceLosesChanges() throws Exception {
        updatesLoseSomething(
                "io.sekimori.config.admin", (consumer, n) -> Calls.configurations(consumer, "caller-" + n));
    }

    @Test
    public void updatingVaultInPlaceLosesValues() throws Exception {
        updatesLoseSomething("io.sekimori.vault.sealed", (consumer, n) -> Calls.vault(consumer, "caller-" + n));
    }

    private void swapsLoseNothing(String symbolicName, BiFunction<Consumer, Integer, Call> call) throws Exception {
        Overlap overlap = new Overlap(context);
        Call reconfiguring = Calls.reconfigure(services.await(Consumer.class, Consumer.KIND, "ds"), CONFIGURABLE);

        Tally calls;
        Tally reconfigured;
        try (Load load = new Load(calls(call), () -> upTo(LONGEST_NANOS));
                Load changes = new Load(List.of(reconfiguring), () -> upTo(RECONFIGURED_EVERY_NANOS))) {
            load.awaitRound(PATIENCE);
            Bundle running = bundle(symbolicName);
            for (int i = 0; i < SWAPS; i++) {
                Bundle old = running;
                running = overlap.swap(old, nextEdition(symbolicName));
                load.awaitRound(PATIENCE);
                changes.awaitRound(PATIENCE);
                old.uninstall();
            }
            calls = load.tally();
            reconfigured = changes.tally();
        }

        System.out.printf(
                "%s: %d swaps, %d calls, %d lost, longest %d ms beyond its length, %d changes, %d lost%n",
                symbolicName,
                SWAPS,
                calls.made(),
                calls.lost(),
                calls.longest().toMillis(),
                reconfigured.made(),
                reconfigured.lost());
        assertEquals(String.valueOf(calls.losses()), 0, calls.lost());
        assertEquals(String.valueOf(reconfigured.losses()), 0, reconfigured.lost());
        assertTrue("the swaps were not under load: " + calls, calls.made() >= 2L * SWAPS * 2 * CALLERS_OF_A_KIND);
    }

    private void updatesLoseSomething(String symbolicName, BiFunction<Consumer, Integer, Call> call) throws Exception {
        try (Load load = new Load(calls(call), () -> upTo(LONGEST_NANOS))) {
            load.awaitRound(PATIENCE);
            assertEquals(
                    "lost before any update: " + load.tally().losses(),
                    0,
                    load.tally().lost());
            Bundle running = bundle(symbolicName);
            for (int i = 0; i < MOST_UPDATES && load.tally().lost() == 0; i++) {
                try (InputStream next = Files.newInputStream(nextEdition(symbolicName))) {
                    running.update(next);
                } catch (BundleException e) {
                    // Under load the framework may even refuse to start it again; then every call is lost.
                    System.out.printf("%s is not started again: %s%n", symbolicName, e.getMessage());
                }
                load.awaitRound(PATIENCE);
            }

            assertTrue(
                    "no call was lost: the load does not notice a gap",
                    load.tally().lost() > 0);
        }
    }

    private void makeDeviceKey() throws KeyException, InterruptedException {
        services.await(Keys.class).create(Keys.DEVICE, KeyAlgorithm.EC_P256, "test");
    }

    private List<Call> calls(BiFunction<Consumer, Integer, Call> call) throws InterruptedException {
        List<Call> calls = new ArrayList<>();
        for (String kind : List.of("ds", "tracker")) {
            Consumer consumer = services.await(Consumer.class, Consumer.KIND, kind);
            for (int i = 0; i < CALLERS_OF_A_KIND; i++) {
                calls.add(call.apply(consumer, calls.size()));
            }
        }
        return calls;
    }

    private void assertEveryReceiptIsInTheTrail(Collection<AuditReceipt> receipts) throws Exception {
        AuditTrail trail = services.await(AuditTrail.class);
        AuditVerification verification = trail.verify();
        assertTrue(verification.toString(), verification instanceof AuditVerification.Intact);
        for (AuditReceipt receipt : receipts) {
            List<AuditRecord> found = trail.read(receipt.sequence(), 1);
            assertEquals(
                    List.of(receipt), found.stream().map(AuditRecord::receipt).toList());
        }
    }

    private Path nextEdition(String symbolicName) {
        return BundleJar.of(Jars.shipped(symbolicName))
                .version("0.1." + (1000 + editions.incrementAndGet()))
                .into(folder);
    }

    private Bundle bundle(String symbolicName) throws BundleException {
        for (Bundle bundle : context.getBundles()) {
            if (symbolicName.equals(bundle.getSymbolicName())) {
                return bundle;
            }
        }
        throw new BundleException(symbolicName + " is not installed beside " + FrameworkUtil.getBundle(getClass()));
    }

    private static Duration upTo(long nanos) {
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(nanos));
    }
}
