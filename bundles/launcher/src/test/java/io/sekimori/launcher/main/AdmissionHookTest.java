package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.launcher.testkit.TestBundle;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.Felix;
import org.apache.felix.framework.util.FelixConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/** The hook alone in a framework: who resolves, and who is not kept from it. */
class AdmissionHookTest {

    private static final byte[] NOTHING = {};

    @TempDir
    private Path work;

    private final AdmittedRevisions revisions = new AdmittedRevisions();
    private Felix framework;
    private Bundle user;
    private Bundle exporter;

    /** What an intruder may be. */
    enum Guise {
        EMPTY(TestBundle.of("test.intruder", "1.0.0")),
        BETTER_EXPORTER(TestBundle.of("test.intruder", "1.0.0").header("Export-Package", "test.pack;version=9")),
        NEWER_VERSION(TestBundle.of("test.late", "9.0.0").header("Bundle-SymbolicName", "test.late;singleton:=true")),
        FRAGMENT_OF_THE_USER(TestBundle.of("test.intruder", "1.0.0").header("Fragment-Host", "test.user")),
        FRAGMENT_OF_THE_EXPORTER(TestBundle.of("test.intruder", "1.0.0").header("Fragment-Host", "test.exporter")),
        FRAGMENT_OF_THE_NEXT(TestBundle.of("test.intruder", "1.0.0").header("Fragment-Host", "test.late")),
        FRAGMENT_OF_NOBODY(TestBundle.of("test.intruder", "1.0.0").header("Fragment-Host", "test.nobody"));

        private final TestBundle bundle;

        Guise(TestBundle bundle) {
            this.bundle = bundle;
        }
    }

    @BeforeEach
    void aFrameworkWithAUserAndAnExporter() throws Exception {
        framework = new Felix(Map.of(
                Constants.FRAMEWORK_STORAGE,
                work.resolve("storage").toString(),
                FelixConstants.SYSTEMBUNDLE_ACTIVATORS_PROP,
                List.of(new Hooking())));
        framework.start();
        user = admitted(TestBundle.of("test.user", "1.0.0").header("DynamicImport-Package", "*"));
        exporter = admitted(TestBundle.of("test.exporter", "1.0.0")
                .header("Export-Package", "test.pack")
                .entry("test/pack/here.txt", NOTHING));
        user.start();
        exporter.start();
    }

    @AfterEach
    void endIt() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @ParameterizedTest
    @EnumSource
    void anIntruderNeitherResolvesNorKeepsAnybodyFromIt(Guise guise) throws Exception {
        Bundle intruder = installed(guise.bundle);

        assertThat(user.getResource("test/pack/here.txt"))
                .as("a dynamic import")
                .isNotNull();
        Bundle late = admitted(TestBundle.of("test.late", "1.0.0")
                .header("Bundle-SymbolicName", "test.late;singleton:=true")
                .header("Import-Package", "test.pack"));
        late.start();
        assertThat(late.getState()).isEqualTo(Bundle.ACTIVE);

        assertThatThrownBy(intruder::start).isInstanceOf(BundleException.class);
        framework.adapt(FrameworkWiring.class).resolveBundles(null);
        framework.adapt(FrameworkWiring.class).resolveBundles(List.of(intruder));
        assertThat(intruder.getState()).isEqualTo(Bundle.INSTALLED);
    }

    @Test
    void aWithdrawnBundleThatRunsIsServedAndServesNobodyNew() throws Exception {
        revisions.withdraw(user);
        assertThat(user.getResource("test/pack/here.txt"))
                .as("a dynamic import")
                .isNotNull();

        revisions.withdraw(exporter);
        Bundle late = admitted(TestBundle.of("test.late", "1.0.0").header("Import-Package", "test.pack"));
        assertThatThrownBy(late::start).isInstanceOf(BundleException.class);
    }

    @Test
    void aWithdrawnBundleDoesNotResolve() throws Exception {
        Bundle withdrawn = admitted(TestBundle.of("test.withdrawn", "1.0.0"));
        revisions.withdraw(withdrawn);

        assertThatThrownBy(withdrawn::start).isInstanceOf(BundleException.class);

        revisions.restore(withdrawn);
        withdrawn.start();
        assertThat(withdrawn.getState()).isEqualTo(Bundle.ACTIVE);
    }

    private Bundle admitted(TestBundle bundle) throws Exception {
        Bundle installed = installed(bundle);
        revisions.admit(installed.adapt(BundleRevision.class), "of no interest here");
        return installed;
    }

    private Bundle installed(TestBundle bundle) throws Exception {
        String file = framework.getBundleContext().getBundles().length + ".jar";
        bundle.write(work, file);
        return framework
                .getBundleContext()
                .installBundle(work.resolve(file).toUri().toString());
    }

    private final class Hooking implements BundleActivator {

        @Override
        public void start(BundleContext context) {
            context.registerService(ResolverHookFactory.class, AdmissionHook.factory(revisions), null);
        }

        @Override
        public void stop(BundleContext context) {
            // The registration goes with the framework.
        }
    }
}
