package io.sekimori.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.sekimori.connection.ConnectionCode;
import io.sekimori.connection.ConnectionException;
import io.sekimori.connection.Notification;
import io.sekimori.connection.Outbox;
import io.sekimori.itests.support.BundleJar;
import io.sekimori.itests.support.Jars;
import io.sekimori.itests.support.UnitAlone;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.vault.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** The example of a bundle of one's own, beside the gateway as it ships: it keeps what it measured across a swap. */
@RunWith(PaxExam.class)
public class SensorIT {

    private static final String SENSOR = "io.sekimori.example.sensor";

    @Inject
    private BundleContext context;

    private final BlockingQueue<Notification> published = new LinkedBlockingQueue<>();
    private Services services;
    private Path folder;

    @Configuration
    public Option[] framework() throws IOException {
        return Scenario.withoutLauncher();
    }

    @Before
    public void aGatewayWhoseNetworkFails() throws Exception {
        services = new Services(context);
        folder = Files.createTempDirectory("sekimori-sensor");
        context.registerService(RunningGeneration.class, new UnitAlone(folder.resolve("unit")), null);
        services.await(Vault.class);
        Outbox failing = notification -> {
            published.add(notification);
            throw new ConnectionException(ConnectionCode.OUTBOX_UNWRITABLE, "by test", null);
        };
        context.registerService(
                Outbox.class, failing, new Hashtable<>(Map.of(Constants.SERVICE_RANKING, Integer.MAX_VALUE)));
    }

    @After
    public void removeFiles() throws IOException {
        Folders.delete(folder);
    }

    @Test
    public void itKeepsWhatItMeasuresAndTheNextVersionGoesOnFromThere() throws Exception {
        Path first = Jars.fixture(SENSOR);
        Bundle old = context.installBundle(first.toUri().toString());
        old.start();
        assertEquals("measurement", measured().type());
        assertEquals(1, kept(old));

        Bundle next = new Overlap(context)
                .swap(old, BundleJar.of(first).version("0.1.1").into(folder));
        measured();

        assertEquals(2, kept(next));
        assertTrue(Files.isDirectory(
                folder.resolve("unit/data/io.sekimori.vault.sealed").resolve(SENSOR)));
    }

    /** Each measurement is kept before it is published. */
    private Notification measured() throws InterruptedException {
        Notification notification = published.poll(60, TimeUnit.SECONDS);
        assertTrue("nothing was measured", notification != null);
        return notification;
    }

    private static long kept(Bundle sensor) throws Exception {
        BundleContext own = sensor.getBundleContext();
        ServiceReference<Vault> reference = own.getServiceReference(Vault.class);
        byte[] lines = own.getService(reference).get("last-measurements").orElseThrow();
        return new String(lines, StandardCharsets.UTF_8).lines().count();
    }
}
