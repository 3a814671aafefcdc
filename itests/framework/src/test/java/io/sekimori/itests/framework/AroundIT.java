package io.sekimori.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.sekimori.itests.support.BundleJar;
import io.sekimori.itests.support.Fixture;
import io.sekimori.itests.support.Jars;
import io.sekimori.launcher.Admission;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** Code that comes around {@code update} never resolves, in whatever guise, and is reported. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class AroundIT {

    @Inject
    private BundleContext context;

    private Gateway gateway;
    private Path folder;

    @Configuration
    public Option[] framework() throws Exception {
        return Scenario.launched();
    }

    @Before
    public void aGateway() throws Exception {
        gateway = Gateway.on(context);
        folder = gateway.bench().folder().resolve("around-" + gateway.bench().next());
    }

    @Test
    public void anInstalledBundleNeverResolves() throws Exception {
        Path jar = BundleJar.of(Jars.fixture(Fixture.NAME)).version("7.0.0").into(folder);

        Bundle intruder = context.installBundle(jar.toUri().toString());

        assertThrows(BundleException.class, intruder::start);
        assertThrows(ClassNotFoundException.class, () -> intruder.loadClass("io.sekimori.itests.fixture.Greeting"));
        assertEquals(Bundle.INSTALLED, intruder.getState());
        assertReported(intruder);
        intruder.uninstall();
    }

    @Test
    public void theVeryBytesOfTheStoreNeverResolveWhenSomebodyElseInstallsThem() throws Exception {
        Bundle genuine = gateway.named("io.sekimori.keys.file").get(0);
        String copy = genuine.getLocation().replace("reference:", "");

        Bundle intruder = context.installBundle(copy);

        assertThrows(BundleException.class, intruder::start);
        assertReported(intruder);
        intruder.uninstall();
    }

    @Test
    public void anUpdatedBundleNeverResolvesAgain() throws Exception {
        Editions editions = new Editions(gateway);
        editions.running(editions.well());
        Bundle victim = gateway.named(Fixture.NAME).get(0);
        Path jar = BundleJar.of(Jars.fixture(Fixture.NAME)).version("7.0.1").into(folder);

        try (InputStream bytes = Files.newInputStream(jar)) {
            assertThrows(BundleException.class, () -> victim.update(bytes));
        }

        assertFalse(gateway.services().await(Admission.class).admitted(victim));
        assertThrows(BundleException.class, victim::start);
        assertReported(victim);
    }

    @Test
    public void anIntruderDoesNotKeepTheGatewayFromBeingUpdated() throws Exception {
        Path jar = BundleJar.empty("io.sekimori.itests.intruder", "7.0.0").into(folder);
        Bundle intruder = context.installBundle(jar.toUri().toString());
        Editions editions = new Editions(gateway);

        editions.running(editions.well());
        editions.running(editions.well());

        assertEquals(Bundle.INSTALLED, intruder.getState());
        intruder.uninstall();
    }

    @Test
    public void aFragmentNeverAttaches() throws Exception {
        Bundle host = gateway.named("io.sekimori.keys.file").get(0);
        Path jar = BundleJar.empty("io.sekimori.itests.fragment", "1.0.0")
                .with("Fragment-Host", host.getSymbolicName())
                .into(folder);

        Bundle fragment = context.installBundle(jar.toUri().toString());
        wiring().resolveBundles(List.of(fragment));

        assertEquals(Bundle.INSTALLED, fragment.getState());
        assertTrue(host.adapt(BundleWiring.class)
                .getProvidedWires("osgi.wiring.host")
                .isEmpty());
        assertReported(fragment);
        fragment.uninstall();
    }

    @Test
    public void anExtensionOfTheFrameworkIsNotAccepted() {
        Path jar = BundleJar.empty("io.sekimori.itests.extension", "1.0.0")
                .with("Fragment-Host", "system.bundle;extension:=framework")
                .with("Export-Package", "io.sekimori.itests.extension")
                .into(folder);

        BundleException refused = assertThrows(BundleException.class, () -> {
            Bundle extension = context.installBundle(jar.toUri().toString());
            boolean resolved = wiring().resolveBundles(List.of(extension));
            extension.uninstall();
            if (!resolved) {
                throw new BundleException("does not resolve");
            }
        });

        assertTrue(refused.toString(), refused.getMessage() != null);
    }

    private FrameworkWiring wiring() {
        return context.getBundle(0).adapt(FrameworkWiring.class);
    }

    private void assertReported(Bundle intruder) throws InterruptedException {
        assertTrue(gateway.services().await(Admission.class).unadmitted().stream()
                .anyMatch(seen -> seen.bundleId() == intruder.getBundleId()));
    }
}
