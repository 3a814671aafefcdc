package io.sekimori.itests.framework;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertTrue;

import io.sekimori.audit.AuditRecord;
import io.sekimori.audit.AuditTrail;
import io.sekimori.control.ControlAnswer;
import io.sekimori.control.ControlOperation;
import io.sekimori.itests.support.UnitAlone;
import io.sekimori.itests.traffic.Consumer;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;

/** In the framework each bundle has a vault of its own, and none that of another. */
@RunWith(PaxExam.class)
public class VaultIT {

    private static final String CONSUMER = "io.sekimori.itests.traffic";
    private static final byte[] SECRET = {1, 2, 3};

    @Inject
    private BundleContext context;

    private Services services;
    private Path folder;
    private Vault theirs;
    private Vault ours;

    @Configuration
    public Option[] framework() throws IOException {
        return Scenario.withoutLauncher();
    }

    @Before
    public void twoBundlesThatUseTheVault() throws Exception {
        services = new Services(context);
        folder = Files.createTempDirectory("sekimori-vault");
        context.registerService(RunningGeneration.class, new UnitAlone(folder.resolve("unit")), null);
        services.await(Vault.class);
        theirs = services.await(Consumer.class, Consumer.KIND, "ds").vault();
        ours = context.getService(context.getServiceReference(Vault.class));
    }

    @After
    public void removeFiles() throws IOException {
        Folders.delete(folder);
    }

    @Test
    public void aBundleSeesNothingOfAnother() throws Exception {
        theirs.put("secret", SECRET);

        assertNotSame(theirs, ours);
        assertTrue(ours.get("secret").isEmpty());
        assertTrue(ours.read("secret").isEmpty());
        assertFalse(ours.remove("secret"));
        assertEquals(List.of(), ours.entries());
        ours.put("secret", new byte[] {9});
        assertArrayEquals(SECRET, theirs.get("secret").orElseThrow());
        assertTrue(Files.isDirectory(
                folder.resolve("unit/data/io.sekimori.vault.sealed").resolve(CONSUMER)));
    }

    @Test
    public void destroyingOnesKeyLeavesTheOthersAndIsAuditedWithThePerson() throws Exception {
        theirs.put("secret", SECRET);
        ours.put("own", SECRET);

        ControlAnswer answer = services.await(ControlOperation.class, ControlOperation.NAME, "vault.destroy")
                .answer(Map.of("owner", CONSUMER, "reason", "test"), "local:somebody");

        assertTrue(answer.toString(), answer instanceof ControlAnswer.Done);
        assertTrue(theirs.get("secret").isEmpty());
        assertArrayEquals(SECRET, ours.get("own").orElseThrow());
        assertEquals(List.of("local:somebody", "local:somebody"), actors("vault.destroy"));
        assertEquals(List.of(CONSUMER, CONSUMER), actors("vault.key-create").subList(0, 2));
    }

    @Test
    public void destroyingTheGatewaysKeyLeavesNothing() throws Exception {
        theirs.put("secret", SECRET);
        ours.put("own", SECRET);

        services.await(ControlOperation.class, ControlOperation.NAME, "vault.destroy")
                .answer(Map.of("all", true, "reason", "test"), "local:somebody");

        assertTrue(theirs.get("secret").isEmpty());
        assertTrue(ours.get("own").isEmpty());
        assertEquals(List.of("local:somebody", "local:somebody"), actors("keys.destroy"));
        assertFalse(Files.exists(folder.resolve("unit/data/io.sekimori.keys.file/vault.wrapping")));
    }

    private List<String> actors(String action) throws Exception {
        return services.await(AuditTrail.class).read(1, 1_000).stream()
                .map(AuditRecord::entry)
                .filter(entry -> entry.action().equals(action))
                .map(entry -> entry.actor())
                .toList();
    }
}
