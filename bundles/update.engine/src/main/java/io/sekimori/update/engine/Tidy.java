package io.sekimori.update.engine;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import io.sekimori.generation.Generations;
import io.sekimori.generation.Unit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * Collects what no startable generation needs: old bundles in the framework, generations and files on the disk. Nothing
 * depends on it being done, so a failure is only told; the next transition collects again. Confined to one thread.
 */
final class Tidy {

    /** Begins the names of what a dry run writes, of which there is one at a time. */
    static final String PLAN = "plan-";

    /** Begins the names of what is written beside transitions: by previews, and by who asks whether something is taken back. */
    static final String PREVIEW = "preview-";

    // An assignment that has not been taken up again by then is not going to be.
    private static final Duration INCOMING_KEPT = Duration.ofDays(7);

    private final Unit unit;
    private final Surroundings around;
    private final RunningBundles bundles;
    private final Present present;

    Tidy(Surroundings around, RunningBundles bundles, Present present) {
        this.unit = around.unit();
        this.around = around;
        this.bundles = bundles;
        this.present = present;
    }

    /** After a commit: the old versions go. */
    void uninstallOld(Transition transition) {
        for (GenerationBundle bundle : transition.changes().going()) {
            Optional<Bundle> old = bundles.find(bundle);
            if (old.isPresent() && !transition.changes().restart()) {
                try {
                    bundles.uninstall(old.get());
                } catch (Stopped e) {
                    transition.log().line("not uninstalled: " + e.getMessage());
                }
            }
        }
        setStartLevels(transition);
        around.launcher().admission().dismiss(transition.from().number());
    }

    // Of bundles that stay; it matters to the next start alone, which takes it from the generation in any case.
    private void setStartLevels(Transition transition) {
        if (transition.changes().restart()) {
            return;
        }
        int reached = around.context()
                .getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                .adapt(FrameworkStartLevel.class)
                .getStartLevel();
        for (GenerationBundle bundle : transition.to().bundles()) {
            // Above the level that is reached the framework would stop it.
            if (bundle.startLevel() <= reached) {
                bundles.find(bundle)
                        .ifPresent(
                                running -> running.adapt(BundleStartLevel.class).setStartLevel(bundle.startLevel()));
            }
        }
    }

    /**
     * Removes generations and files that neither the pointer nor what runs needs.
     *
     * @return what went wrong; empty if nothing did
     */
    Optional<String> collect() {
        return tried("not everything was collected", () -> {
            Set<String> digests = removeGenerations();
            unit.store().sweep(digests);
            digests.addAll(new Slots(unit, Slots.HELPER_LIMIT).jars(false));
            removeIncoming(digests);
            removeLeft(PLAN);
        });
    }

    /** Leaves those that are needed, and answers which files that are. */
    private Set<String> removeGenerations() throws Stopped, IOException {
        Confirmed confirmed = present.confirmed();
        Set<Integer> kept = new TreeSet<>(Set.of(confirmed.generation()));
        confirmed.fallback().ifPresent(kept::add);
        // What the process was started with may be needed until it ends: the launcher reads it again.
        int started = around.launcher().running().number();
        Generations generations = new Generations(unit);
        if (generations.numbers().contains(started)) {
            kept.add(started);
        }
        Set<String> digests = new HashSet<>();
        for (int number : kept) {
            Generation generation = present.read(number);
            generation.bundles().forEach(bundle -> digests.add(bundle.sha256()));
        }
        for (int number : generations.numbers()) {
            if (!kept.contains(number)) {
                generations.remove(number);
            }
        }
        return digests;
    }

    /** Removes downloads that nobody has continued for long. */
    Optional<String> forgetIncoming() {
        return tried("old downloads were not removed", () -> removeIncoming(Set.of()));
    }

    /** Removes what previews of an earlier process left; before the first one of this process. */
    Optional<String> forgetPreviews() {
        return tried("previews were not collected", () -> removeLeft(PREVIEW));
    }

    private interface Work {
        void carryOut() throws Stopped, IOException;
    }

    private static Optional<String> tried(String otherwise, Work work) {
        try {
            work.carryOut();
            return Optional.empty();
        } catch (Stopped | IOException | UncheckedIOException e) { // unchecked of a folder that breaks off
            return Optional.of(otherwise + ": " + e.getMessage());
        }
    }

    // Those that are in use by now, and those that nobody continues.
    private void removeIncoming(Set<String> used) throws IOException {
        Incoming.of(unit).tidy(used, around.clock().instant().minus(INCOMING_KEPT));
    }

    // What was left when the process was killed.
    private void removeLeft(String prefix) throws IOException {
        if (!Files.isDirectory(unit.run())) {
            return;
        }
        List<Path> left;
        try (Stream<Path> files = Files.list(unit.run())) {
            left = files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .toList();
        }
        for (Path folder : left) {
            Acceptor.delete(folder);
        }
    }
}
