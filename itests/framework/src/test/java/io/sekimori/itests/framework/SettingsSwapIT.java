package io.sekimori.itests.framework;

import static org.junit.Assert.assertEquals;

import io.sekimori.connection.Application;
import io.sekimori.connection.Method;
import io.sekimori.connection.Reply;
import io.sekimori.connection.Request;
import io.sekimori.itests.support.BundleJar;
import io.sekimori.itests.support.Jars;
import io.sekimori.itests.support.UnitAlone;
import io.sekimori.itests.traffic.Call;
import io.sekimori.itests.traffic.Load;
import io.sekimori.itests.traffic.LostCall;
import io.sekimori.itests.traffic.Tally;
import io.sekimori.launcher.RunningGeneration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
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
import org.osgi.framework.Filter;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.util.tracker.ServiceTracker;

/** {@code settings} is replaced while it is asked, and so is what it asks: every request is answered with what is set. */
@RunWith(PaxExam.class)
public class SettingsSwapIT {

    private static final String SETTINGS = "io.sekimori.settings";
    private static final String CONFIG = "io.sekimori.config.admin";
    private static final int SWAPS = 5;
    private static final int CALLERS = 8;
    private static final long LONGEST_NANOS = Duration.ofMillis(500).toNanos();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern BOUNDED = Pattern.compile(
            "\"id\"\\s*:\\s*\"idle.seconds\"[^}]*\"max\"\\s*:\\s*\"3600\"[^}]*\"unit\"\\s*:\\s*\"second\"");
    private static final Request SETS =
            new Request(Method.GET, List.of("sets"), Map.of(), new byte[0], "console-1", "r-1");

    @Inject
    private BundleContext context;

    private ServiceTracker<Application, Application> settings;
    private Path folder;

    @Configuration
    public Option[] framework() throws IOException {
        return Scenario.withoutLauncher();
    }

    @Before
    public void aUnit() throws Exception {
        folder = Files.createTempDirectory("sekimori-settings");
        context.registerService(RunningGeneration.class, new UnitAlone(folder.resolve("unit")), null);
        settings = new ServiceTracker<>(context, filter(), null);
        settings.open();
    }

    @After
    public void removeFiles() throws IOException {
        settings.close();
        Folders.delete(folder);
    }

    @Test
    public void everyRequestIsAnsweredWhileItIsReplaced() throws Exception {
        new Services(context).await(Application.class, Application.ID, "SETTINGS-V1");
        Overlap overlap = new Overlap(context);

        Tally calls;
        try (Load load = new Load(Collections.nCopies(CALLERS, (Call) this::ask), SettingsSwapIT::length)) {
            load.awaitRound(PATIENCE);
            for (int i = 0; i < SWAPS; i++) {
                for (String name : List.of(SETTINGS, CONFIG)) {
                    Bundle old = bundle(name);
                    overlap.swap(old, next(name, i));
                    load.awaitRound(PATIENCE);
                    old.uninstall();
                }
            }
            calls = load.tally();
        }

        System.out.printf("%s: %d swaps, %d calls, %d lost%n", SETTINGS, SWAPS, calls.made(), calls.lost());
        assertEquals(String.valueOf(calls.losses()), 0, calls.lost());
    }

    /** Looks it up once, asks, and asks the same one again later. */
    private void ask(Call.Pause pause) throws LostCall, InterruptedException {
        Application application = settings.getService();
        mustAnswer(application);
        pause.spend();
        mustAnswer(application);
    }

    private static void mustAnswer(Application application) throws LostCall {
        if (application == null) {
            throw new LostCall("no SETTINGS-V1", null);
        }
        try {
            Reply reply = application.handle(SETS);
            if (reply.code() != 200) {
                throw new LostCall(reply.code() + " " + reply.metrics(), null);
            }
            // Read from the bundles themselves, also by a version that is going away.
            if (!BOUNDED.matcher(new String(reply.body(), StandardCharsets.UTF_8))
                    .find()) {
                throw new LostCall("no bounds of idle.seconds", null);
            }
        } catch (RuntimeException | LinkageError e) {
            throw new LostCall("SETTINGS-V1", e);
        }
    }

    private Bundle bundle(String symbolicName) {
        for (Bundle bundle : context.getBundles()) {
            if (symbolicName.equals(bundle.getSymbolicName())) {
                return bundle;
            }
        }
        throw new AssertionError(symbolicName + " is not installed");
    }

    private Path next(String symbolicName, int number) {
        return BundleJar.of(Jars.shipped(symbolicName))
                .version("0.1." + (1000 + number))
                .into(folder);
    }

    private Filter filter() throws InvalidSyntaxException {
        return context.createFilter(
                "(&(objectClass=" + Application.class.getName() + ")(" + Application.ID + "=SETTINGS-V1))");
    }

    private static Duration length() {
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(LONGEST_NANOS));
    }
}
