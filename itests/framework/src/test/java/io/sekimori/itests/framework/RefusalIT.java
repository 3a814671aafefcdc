package io.sekimori.itests.framework;

import static org.junit.Assert.assertTrue;

import io.sekimori.itests.support.Fixture;
import io.sekimori.itests.support.ForgedPack;
import io.sekimori.itests.support.Jars;
import io.sekimori.itests.support.Part;
import io.sekimori.itests.support.Parts;
import io.sekimori.itests.support.Workshop;
import io.sekimori.update.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

/** What must not be accepted is refused with its own code, and neither generations nor pointer nor bundles change. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class RefusalIT {

    // Assignments of different devices are numbered apart; this one is above all of ours.
    private static final Instant TOMORROW = Instant.now().plus(Duration.ofDays(1));

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
    public void whatIsNoPack() throws Exception {
        Path text = Files.writeString(gateway.bench().newFile(), "not a zip file");

        refused("PACK_MALFORMED", text);
        refused("PACK_UNREADABLE", gateway.bench().newFile());
    }

    @Test
    public void aPackWithoutTheFiles() throws Exception {
        refused(
                "PACK_FILE_MISSING",
                ForgedPack.withoutFiles(anyPack(), gateway.bench().newFile()));
    }

    @Test
    public void aFileWithAFlippedBit() throws Exception {
        refused(
                "TARGET_HASH",
                ForgedPack.withFlippedBits(anyPack(), gateway.bench().newFile()));
    }

    @Test
    public void anAssignmentThatWasChanged() throws Exception {
        Path forged = ForgedPack.withOtherWord(
                anyPack(), gateway.bench().newFile(), "director/targets.json", Workshop.MODEL, "jtest");

        refused("ASSIGNMENT_SIGNATURES", forged);
    }

    @Test
    public void anAssignmentForAnotherDevice() throws Exception {
        Path other = gateway.bench()
                .workshop()
                .pack(gateway.bench().newFile(), "ab".repeat(32), changed(), Map.of(), TOMORROW);

        refused("ASSIGNMENT_OTHER_DEVICE", other);
    }

    @Test
    public void expiredMetadata() throws Exception {
        Instant longAgo = Instant.now().minus(Duration.ofDays(100));
        Path expired = gateway.bench()
                .workshop()
                .pack(gateway.bench().newFile(), gateway.bench().device(), changed(), Map.of(), longAgo);

        refused("EXPIRED_ASSIGNMENT", expired);
    }

    @Test
    public void anOldPackAgain() throws Exception {
        Path old = anyPack();
        editions.running(editions.well());

        refused("ASSIGNMENT_ROLLBACK", old);
    }

    @Test
    public void aReleaseBelowTheFloor() throws Exception {
        Part old = editions.running(editions.well());
        editions.running(editions.well().asFloor());

        refused("BELOW_FLOOR", gateway.bench().pack(gateway.bench().running().with(old)));
    }

    @Test
    public void thePackThatRunsAlready() throws Exception {
        Parts next = changed();
        Path pack = gateway.bench().pack(next);
        assertTrue(gateway.apply(pack).outcome() instanceof Outcome.Confirmed);
        gateway.bench().runs(next);

        refused("NOTHING_TO_DO", pack);
    }

    @Test
    public void aSlotThatIsNotOnTheUnit() throws Exception {
        List<Part> parts = new java.util.ArrayList<>(gateway.bench().running().all());
        parts.add(Part.slot(Jars.fixture(Fixture.NAME)));

        refused("SLOT_MISSING", gateway.bench().pack(new Parts(parts)));
    }

    @Test
    public void aBundleThatCannotResolve() throws Exception {
        refused(
                "UNRESOLVABLE_COLD",
                gateway.bench().pack(gateway.bench().running().with(editions.unresolvable())));
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
}
