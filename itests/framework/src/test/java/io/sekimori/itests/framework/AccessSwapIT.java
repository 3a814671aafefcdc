package io.sekimori.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.sekimori.access.Access;
import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.access.Failures;
import io.sekimori.access.People;
import io.sekimori.access.PeopleStore;
import io.sekimori.access.PersonChange;
import io.sekimori.access.Role;
import io.sekimori.access.Session;
import io.sekimori.access.SignIn;
import io.sekimori.config.Authorship;
import io.sekimori.config.Change;
import io.sekimori.config.ChangeOutcome;
import io.sekimori.config.Configurations;
import io.sekimori.itests.support.BundleJar;
import io.sekimori.itests.support.Jars;
import io.sekimori.itests.support.UnitAlone;
import io.sekimori.itests.traffic.Call;
import io.sekimori.itests.traffic.Calls;
import io.sekimori.itests.traffic.Consumer;
import io.sekimori.itests.traffic.Load;
import io.sekimori.itests.traffic.Tally;
import io.sekimori.launcher.RunningGeneration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
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

/**
 * Access control and the file of people are replaced while people sign in and out and the first is reconfigured: nobody
 * is turned away. What was counted of an attacker counts on, in the next version and after a restart.
 */
@RunWith(PaxExam.class)
public class AccessSwapIT {

    private static final String RULES = "io.sekimori.access.people";
    private static final String FILE = "io.sekimori.people.file";
    private static final int SWAPS = Integer.getInteger("itests.swaps", 5);
    private static final int CALLERS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAME_KEY = "name:alice";
    private static final int FREE_TRIES = 5;
    private static final String ATTACKER = "198.51.100.66";

    @Inject
    private BundleContext context;

    private final AtomicInteger editions = new AtomicInteger();
    private Services services;
    private Path folder;

    @Configuration
    public Option[] framework() throws IOException {
        return Scenario.withoutLauncher();
    }

    @Before
    public void aUnitWhoseHashesCostLittle() throws Exception {
        services = new Services(context);
        folder = Files.createTempDirectory("sekimori-access");
        context.registerService(RunningGeneration.class, new UnitAlone(folder.resolve("unit")), null);
        Configurations configurations = services.await(Configurations.class);
        ChangeOutcome outcome = configurations.change(new Change(
                RULES, 0, Map.of("memory.mib", 19, "passes", 2), Set.of(), new Authorship("test", "cheap hashes")));
        assertTrue(outcome.toString(), outcome instanceof ChangeOutcome.Applied);
    }

    @After
    public void removeFiles() throws IOException {
        Folders.delete(folder);
    }

    @Test
    public void nobodyIsTurnedAwayWhileAccessControlIsSwapped() throws Exception {
        swapsTurnNobodyAway(RULES);
    }

    @Test
    public void nobodyIsTurnedAwayWhileTheFileOfPeopleIsSwapped() throws Exception {
        swapsTurnNobodyAway(FILE);
    }

    @Test
    public void whatWasCountedOfAnAttackerOutlivesSwapsAndARestart() throws Exception {
        String password = add("alice");
        SignIn.SignedIn before = signIn("alice", password, "192.0.2.1");
        for (int i = 0; i < FREE_TRIES; i++) {
            access().signIn("alice", "not the password".toCharArray(), Session.Kind.BROWSER, ATTACKER);
        }
        assertEquals(FREE_TRIES, failures().count());
        // As after many more tries: so long that it lasts for this test, however slow the machine is.
        Instant now = Instant.now();
        Failures many = new Failures(FREE_TRIES + 9, now, now.plus(Duration.ofMinutes(14)));
        services.await(PeopleStore.class).change(table -> {
            table.put(NAME_KEY, many);
            return true;
        });
        assertClosed(password);

        Overlap overlap = new Overlap(context);
        for (String each : List.of(RULES, FILE)) {
            Bundle old = bundle(each);
            overlap.swap(old, nextEdition(each));
            old.uninstall();
            assertClosed(password);
        }
        for (String each : List.of(RULES, FILE)) {
            bundle(each).stop();
            bundle(each).start();
        }

        assertClosed(password);
        assertEquals(many.count(), failures().count());
        assertTrue("the session is gone", access().session(before.token()).isPresent());
        assertTrue(
                access().signIn("alice", password.toCharArray(), Session.Kind.BROWSER, "192.0.2.1")
                        instanceof SignIn.SignedIn);
    }

    private Failures failures() throws Exception {
        return services.await(PeopleStore.class).look(table -> table.failures(NAME_KEY));
    }

    private void assertClosed(String password) throws Exception {
        SignIn answer = access().signIn("alice", password.toCharArray(), Session.Kind.BROWSER, ATTACKER);
        assertEquals(AccessCode.SIGN_IN_DELAYED, ((SignIn.Refused) answer).code());
    }

    private void swapsTurnNobodyAway(String symbolicName) throws Exception {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Consumer consumer = services.await(Consumer.class, Consumer.KIND, i % 2 == 0 ? "ds" : "tracker");
            calls.add(Calls.access(consumer, "caller" + i, add("caller" + i), "192.0.2." + i));
        }
        Call change = Calls.reconfigure(services.await(Consumer.class, Consumer.KIND, "ds"), RULES);
        Overlap overlap = new Overlap(context);

        Tally made;
        Tally changed;
        try (Load load = new Load(calls, () -> upToMillis(300));
                Load changes = new Load(List.of(change), () -> upToMillis(20))) {
            load.awaitRound(PATIENCE);
            for (int i = 0; i < SWAPS; i++) {
                Bundle old = bundle(symbolicName);
                overlap.swap(old, nextEdition(symbolicName));
                load.awaitRound(PATIENCE);
                changes.awaitRound(PATIENCE);
                old.uninstall();
            }
            made = load.tally();
            changed = changes.tally();
        }

        System.out.printf(
                "%s: %d swaps, %d sign-ins, %d lost, longest %d ms, %d changes, %d lost%n",
                symbolicName,
                SWAPS,
                made.made(),
                made.lost(),
                made.longest().toMillis(),
                changed.made(),
                changed.lost());
        assertEquals(String.valueOf(made.losses()), 0, made.lost());
        assertEquals(String.valueOf(changed.losses()), 0, changed.lost());
        assertTrue("the swaps were not under load: " + made, made.made() >= (long) SWAPS * CALLERS);
    }

    /** Adds somebody and answers the one-time password, which is enough to sign in. */
    private String add(String name) throws AccessException, InterruptedException {
        PersonChange added = services.await(People.class).add(name, Set.of(Role.OPERATOR), "local:test");
        char[] password = ((PersonChange.WithPassword) added).password().reveal(char[]::clone);
        try {
            return new String(password);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private SignIn.SignedIn signIn(String name, String password, String from)
            throws AccessException, InterruptedException {
        return (SignIn.SignedIn) access().signIn(name, password.toCharArray(), Session.Kind.BROWSER, from);
    }

    private Access access() throws InterruptedException {
        return services.await(Access.class);
    }

    private Path nextEdition(String symbolicName) {
        return BundleJar.of(Jars.shipped(symbolicName))
                .version("0.1." + (1000 + editions.incrementAndGet()))
                .into(folder);
    }

    /** The one that runs; an old version may lie beside it, stopped. */
    private Bundle bundle(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.RESOLVED)
                .max((one, other) -> Long.compare(one.getBundleId(), other.getBundleId()))
                .orElseThrow();
    }

    private static Duration upToMillis(long millis) {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis));
    }
}
