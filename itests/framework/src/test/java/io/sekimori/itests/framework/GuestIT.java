package io.sekimori.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.sekimori.itests.support.Jars;
import io.sekimori.itests.support.Part;
import io.sekimori.update.Outcome;
import io.sekimori.update.PlannedBundle.Action;
import io.sekimori.update.TransitionReport;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;

/** A bundle from Maven Central that nobody here wrote: two consecutive releases of the Felix EventAdmin, unchanged. */
@RunWith(PaxExam.class)
public class GuestIT {

    private static final String EVENT_ADMIN = "org.apache.felix.eventadmin";
    private static final String EVENT_API = "org.osgi.service.event";

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] framework() throws Exception {
        return Scenario.launched();
    }

    @Test
    public void itsNextReleaseReplacesIt() throws Exception {
        Gateway gateway = Gateway.on(context);
        List<Path> releases = Jars.guests(EVENT_ADMIN);
        assertEquals(2, releases.size());
        Part first = Part.bundle(releases.get(0), 5).replace();
        Part api = Part.bundle(Jars.guests(EVENT_API).get(0), 1);
        TransitionReport added =
                gateway.transition(gateway.bench().running().with(api).with(first));
        assertEquals(new Outcome.Confirmed(added.to()), added.outcome());
        Events events = new Events(context);
        events.send("before");

        TransitionReport replaced = gateway.transition(gateway.bench().running().with(first.with(releases.get(1))));
        events.send("after");

        assertEquals(new Outcome.Confirmed(replaced.to()), replaced.outcome());
        assertEquals(1, replaced.swaps().size());
        assertEquals(Action.REPLACE, replaced.swaps().get(0).action());
        assertTrue(replaced.swaps().toString(), replaced.swaps().get(0).gap().toNanos() > 0);
        assertEquals(
                List.of(Jars.version(releases.get(1))),
                gateway.named(EVENT_ADMIN).stream()
                        .map(bundle -> bundle.getVersion().toString())
                        .toList());
        assertEquals(List.of("before", "after"), events.heard());
    }
}
