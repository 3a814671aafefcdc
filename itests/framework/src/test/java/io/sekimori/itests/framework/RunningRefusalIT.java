package io.sekimori.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.sekimori.config.Authorship;
import io.sekimori.config.Change;
import io.sekimori.config.ChangeOutcome;
import io.sekimori.config.Configurations;
import io.sekimori.itests.support.Part;
import io.sekimori.itests.support.Parts;
import io.sekimori.launcher.Admission;
import io.sekimori.trust.Sha256;
import io.sekimori.update.Origin;
import io.sekimori.update.Outcome;
import io.sekimori.update.TransitionReport;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
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

/** What is acceptable in itself is refused while the running gateway does not permit it. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class RunningRefusalIT {

    private static final String UPDATE_PID = "io.sekimori.update.engine";
    private static final String PACKAGE = "io.sekimori.itests.model";

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
    public void anythingWhileUpdatesAreDisabled() throws Exception {
        enabled(false);
        try {
            refused("UPDATES_DISABLED", anyPack());
        } finally {
            enabled(true);
        }
    }

    @Test
    public void anythingWhileATransitionIsOpen() throws Exception {
        Path second = anyPack();
        AtomicReference<String> answer = new AtomicReference<>("");

        TransitionReport first = gateway.transition(changed(), (engine, progress) -> {
            if (answer.get().isEmpty()) {
                answer.set(engine.apply(second, new Origin("itest", "local"), new Follower(context, step -> {}))
                        .toString());
            }
        });

        assertEquals(new Outcome.Confirmed(first.to()), first.outcome());
        assertTrue(answer.get(), answer.get().contains("TRANSITION_OPEN"));
    }

    @Test
    public void anythingWithoutACapabilityItNeeds() throws Exception {
        withoutBundle("io.sekimori.audit.chain", "AUDIT_UNAVAILABLE");
        withoutBundle("io.sekimori.keys.file", "KEYS_UNAVAILABLE");
        withoutBundle("io.sekimori.config.admin", "CONFIG_UNAVAILABLE");
    }

    private void withoutBundle(String symbolicName, String code) throws Exception {
        Path pack = anyPack();
        Bundle bundle = gateway.named(symbolicName).get(0);
        bundle.stop(Bundle.STOP_TRANSIENT);
        try {
            refused(code, pack);
        } finally {
            bundle.start(Bundle.START_TRANSIENT);
        }
        gateway.awaitCapabilities();
    }

    // Alone the user of both would get everything from the new model. Beside what runs, the tool is wired to the old
    // one.
    @Test
    public void aBundleThatResolvesOnlyAlone() throws Exception {
        editions.running(model("1.0"));
        editions.running(editions.part(editions.empty("io.sekimori.itests.tool")
                .with("Import-Package", PACKAGE)
                .with("Export-Package", "io.sekimori.itests.tool;uses:=\"" + PACKAGE + "\"")));
        Part user = editions.part(editions.empty("io.sekimori.itests.user")
                .with("Import-Package", PACKAGE + ";version=\"2.0\",io.sekimori.itests.tool"));

        refused(
                "UNRESOLVABLE_HOT",
                gateway.bench()
                        .pack(gateway.bench().running().with(model("2.0")).with(user)));
    }

    private Part model(String version) {
        return editions.part(editions.empty(PACKAGE).with("Export-Package", PACKAGE + ";version=" + version));
    }

    @Test
    public void anythingAfterSomebodyRemovedABundle() throws Exception {
        Part lost = editions.running(editions.part(editions.empty("io.sekimori.itests.lost")));
        Path pack = anyPack();
        gateway.named(lost.symbolicName()).get(0).uninstall();

        refused("RUNNING_DIFFERS", pack);

        gateway.services()
                .await(Admission.class)
                .install(Sha256.hex(lost.jar()), lost.startLevel())
                .start(Bundle.START_ACTIVATION_POLICY);
    }

    private void refused(String code, Path pack) throws Exception {
        new Refusals(gateway).refused(code, pack);
    }

    private Parts changed() {
        return gateway.bench().running().with(editions.well());
    }

    private Path anyPack() throws Exception {
        return gateway.bench().pack(changed());
    }

    private void enabled(boolean enabled) throws Exception {
        Configurations configurations = gateway.services().await(Configurations.class);
        long version = configurations
                .read(UPDATE_PID)
                .map(found -> found.facts().version())
                .orElse(0L);
        ChangeOutcome outcome = configurations.change(
                new Change(UPDATE_PID, version, Map.of("enabled", enabled), Set.of(), new Authorship("itest", "test")));
        assertTrue(outcome.toString(), outcome instanceof ChangeOutcome.Applied);
    }
}
