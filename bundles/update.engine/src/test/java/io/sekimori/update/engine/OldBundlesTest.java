package io.sekimori.update.engine;

import static io.sekimori.update.engine.Generations.bundle;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import io.sekimori.generation.Unit;
import io.sekimori.launcher.Admission;
import io.sekimori.trust.Swap;
import io.sekimori.update.Origin;
import io.sekimori.update.PlannedBundle.Action;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** What goes from the framework after a commit. */
class OldBundlesTest {

    private static final int REACHED = 30;
    private static final GenerationBundle OLD = bundle("app", 1, Swap.OVERLAP, 20);
    private static final GenerationBundle NEXT = bundle("app", 2, Swap.OVERLAP, 20);
    private static final GenerationBundle GONE = bundle("gone", 1, Swap.OVERLAP, 20);
    private static final GenerationBundle NEVER_THERE = bundle("never", 1, Swap.OVERLAP, 20);
    private static final GenerationBundle KEPT = bundle("kept", 1, Swap.OVERLAP, REACHED);
    private static final GenerationBundle LATER = bundle("later", 1, Swap.OVERLAP, REACHED + 1);
    private static final Generation FROM = Generations.of(1, OLD, GONE, NEVER_THERE, KEPT, LATER);
    private static final Generation TO = Generations.of(2, NEXT, KEPT, LATER);

    @TempDir
    private Path work;

    private final List<String> done = new ArrayList<>();
    private final Map<Bundle, String> digests = new LinkedHashMap<>();
    private Unit unit;

    @BeforeEach
    void aFramework() {
        unit = new Unit(work);
        install(OLD, true);
        install(GONE, true);
        install(NEXT, true);
        install(KEPT, true);
        install(LATER, true);
    }

    @Test
    void oldVersionsGoAndWhatStaysStartsWhereItIsToStart() {
        uninstallOld(
                change(Action.OVERLAP, OLD, NEXT),
                change(Action.REMOVE, GONE, null),
                change(Action.REMOVE, NEVER_THERE, null),
                change(Action.KEEP, KEPT, KEPT),
                change(Action.KEEP, LATER, LATER));

        assertThat(done)
                .as("later would be stopped: its start level is not reached yet")
                .containsExactly("uninstall app/1.0.0", "uninstall gone/1.0.0", "app at 20", "kept at 30", "dismiss 1");
    }

    @Test
    void beforeANewProcessNothingOfThisOneGoes() {
        uninstallOld(change(Action.RESTART, OLD, NEXT), change(Action.REMOVE, GONE, null));

        assertThat(done).containsExactly("dismiss 1");
    }

    @Test
    void oneThatDoesNotGoIsToldAndHindersNoOther() throws Exception {
        digests.clear();
        install(OLD, false);
        install(GONE, true);

        Transition transition = uninstallOld(change(Action.OVERLAP, OLD, NEXT), change(Action.REMOVE, GONE, null));

        assertThat(done).containsExactly("uninstall gone/1.0.0", "dismiss 1");
        assertThat(Files.readString(unit.transitions().resolve(transition.id() + ".log")))
                .contains("not uninstalled: ", "by test");
    }

    private Transition uninstallOld(Change... changes) {
        Admission admission = Fake.of(
                Admission.class,
                Map.of(
                        "sha256", arguments -> Optional.ofNullable(digests.get((Bundle) arguments[0])),
                        "dismiss", arguments -> done("dismiss " + arguments[0])));
        Surroundings around = new Surroundings(
                context(),
                unit,
                new LauncherServices(admission, null, null, null, null),
                null,
                null,
                null,
                () -> PolicyTest.policy(Map.of()),
                Clock.systemUTC());
        Journal journal = Journal.begin("t1", 1, 2, new Origin("console", "console"), Instant.EPOCH, "p");
        Transition transition = Transition.open(around, journal, FROM, null);
        transition.planned(TO, new Changes(List.of(changes)), Optional.empty());

        RunningBundles bundles = new RunningBundles(around.context(), admission);
        new Tidy(around, bundles, new Present(around, bundles)).uninstallOld(transition);
        return transition;
    }

    private BundleContext context() {
        FrameworkStartLevel level = Fake.of(FrameworkStartLevel.class, Map.of("getStartLevel", arguments -> REACHED));
        Bundle framework = Fake.of(Bundle.class, Map.of("adapt", arguments -> level));
        return Fake.of(
                BundleContext.class,
                Map.of(
                        "getBundles", arguments -> digests.keySet().toArray(new Bundle[0]),
                        "getBundle", arguments -> framework));
    }

    private void install(GenerationBundle bundle, boolean goes) {
        BundleStartLevel level = Fake.of(
                BundleStartLevel.class,
                Map.of("setStartLevel", arguments -> done(bundle.symbolicName() + " at " + arguments[0])));
        Fake.Answer uninstall = arguments -> {
            if (!goes) {
                throw new BundleException("by test");
            }
            return done("uninstall " + bundle.name());
        };
        digests.put(
                Fake.of(
                        Bundle.class,
                        Map.of(
                                "uninstall", uninstall,
                                "adapt", arguments -> level,
                                "getSymbolicName", arguments -> bundle.symbolicName())),
                bundle.sha256());
    }

    /** What a method answers that answers nothing. */
    private Object done(String what) {
        done.add(what);
        return null;
    }

    private static Change change(Action action, GenerationBundle before, GenerationBundle after) {
        return new Change(before.symbolicName(), action, Optional.of(before), Optional.ofNullable(after), "by test");
    }
}
