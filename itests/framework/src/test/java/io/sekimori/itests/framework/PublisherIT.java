package io.sekimori.itests.framework;

import io.sekimori.itests.support.Parts;
import io.sekimori.itests.support.Workshop;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;

/** What a publisher with the right keys can do wrong. */
@RunWith(PaxExam.class)
public class PublisherIT {

    // Above every number the publisher has given before, and not so far ahead that the gateway's clock would be
    // doubted.
    private static final Instant SOON = Instant.now().plus(Duration.ofMinutes(8));

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] framework() throws Exception {
        return Scenario.launched();
    }

    @Test
    public void theVersionThatRunsWithOtherBytes() throws Exception {
        Gateway gateway = Gateway.on(context);
        Editions editions = new Editions(gateway);
        String name = "io.sekimori.itests.again";
        editions.running(editions.part(editions.empty(name).version("1.0.0")));
        Parts other = gateway.bench()
                .running()
                .with(editions.part(editions.empty(name).version("1.0.0").with("Bundle-Name", "other bytes")));
        Workshop anew = gateway.bench().workshop().anew(gateway.bench().folder().resolve("anew"));
        Path pack = gateway.bench().newFile();
        // Each time a version of the targets more, until there are more than the publisher had given.
        for (int i = 0; i < 4; i++) {
            anew.pack(pack, gateway.bench().device(), other, Map.of(), SOON);
        }

        new Refusals(gateway).refused("SAME_VERSION", pack);
    }
}
