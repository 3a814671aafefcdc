package io.sekimori.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.sekimori.itests.support.Part;
import io.sekimori.update.ApplyAnswer;
import io.sekimori.update.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;

/** The mode {@code restart}, up to where the process would end; what follows is tested with a whole process. */
@RunWith(PaxExam.class)
public class RestartIT {

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] framework() throws Exception {
        return Scenario.launched();
    }

    @Test
    public void aNewProcessIsAskedForAndNothingThatRunsIsTouched() throws Exception {
        Gateway gateway = Gateway.on(context);
        Editions editions = new Editions(gateway);
        editions.running(editions.well().restart().overlap());
        Part next = editions.well().restart();
        TreeMap<String, Integer> before = gateway.bundles();
        CompletableFuture<String> restarting = new CompletableFuture<>();

        ApplyAnswer answer = gateway.update()
                .apply(
                        gateway.bench().pack(gateway.bench().running().with(next)),
                        new Origin("itest", "local"),
                        new Follower(context, progress -> {
                            if (gateway.bench().restartWanted()) {
                                restarting.complete(progress.phase().name());
                            }
                        }) {
                            @Override
                            public void handedOver(String id) {
                                restarting.complete("RESTART");
                            }
                        });

        assertTrue(answer.toString(), answer instanceof ApplyAnswer.Started);
        assertEquals("RESTART", restarting.get(60, TimeUnit.SECONDS));
        assertTrue(gateway.bench().restartWanted());
        assertEquals(before, gateway.bundles());
        Path state = gateway.bench().unit().resolve("state");
        assertTrue(Files.readString(state.resolve("trial.json")).contains("\"triesLeft\""));
        assertFalse(Files.readString(state.resolve("confirmed.json")).contains("\"generation\": 3"));
    }
}
