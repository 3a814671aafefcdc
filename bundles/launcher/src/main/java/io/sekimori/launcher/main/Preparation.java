package io.sekimori.launcher.main;

import io.sekimori.generation.Unit;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.osgi.framework.BundleException;

/**
 * The framework of this process, initialised on a thread of its own while the generation is verified. It stays empty, and
 * its hook lets nothing resolve, until a verified generation is given to it.
 *
 * <p>The framework's classes come from the slot. They are only loaded this early when the slot's files are what its name
 * says; whether that is the slot of the generation is verified with the generation. Confined to the main thread, which closes it
 * when the framework has stopped.
 */
final class Preparation implements AutoCloseable {

    private final FutureTask<RunningFramework> framework;
    private final Thread early;
    private final Lines lines;

    private Preparation(FutureTask<RunningFramework> framework, Thread early, Lines lines) {
        this.framework = framework;
        this.early = early;
        this.lines = lines;
    }

    /** Begins, if this process runs from a slot. Only with the unit's lock held. */
    static Preparation begin(Unit unit, Optional<OwnSlot> slot, Stopping stopping, Lines lines) {
        FutureTask<RunningFramework> framework = new FutureTask<>(() -> make(unit, stopping, lines));
        Thread early = new Thread(
                () -> {
                    if (slot.isPresent() && slot.get().isIntact(unit)) {
                        framework.run();
                    }
                },
                "sekimori-framework");
        early.setDaemon(true);
        early.start();
        return new Preparation(framework, early, lines);
    }

    private static RunningFramework make(Unit unit, Stopping stopping, Lines lines)
            throws IOException, BundleException {
        Scratch scratch = Scratch.of(unit, System.getenv());
        SystemServices services = new SystemServices(unit, new SecondFramework(unit, scratch, lines), stopping, lines);
        services.onStop(stopping::frameworkStops);
        RunningFramework framework = new RunningFramework(unit, scratch.folder(), services, lines);
        for (Scratch place : Scratch.all(unit, System.getenv())) {
            place.sweep(framework.cache()).forEach(left -> lines.say("an old bundle cache stays: " + left));
        }
        framework.init();
        return framework;
    }

    /** Waits for it, or makes it now if that was not begun. */
    RunningFramework framework() throws IOException, BundleException, InterruptedException {
        framework.run(); // does nothing if the thread did
        try {
            return framework.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof BundleException failure) {
                throw failure;
            }
            throw new IllegalStateException("the framework cannot be made", e.getCause());
        }
    }

    /**
     * Removes what the framework leaves when it has stopped, or was made in vain. A thread that a bundle left behind may
     * still write there. Whatever stays, the next start removes it; it must not turn the exit code into one that the start
     * script takes for a failure.
     */
    @Override
    public void close() {
        try {
            early.join();
            if (framework.isDone()) {
                Scratch.remove(framework.get().cache());
            }
        } catch (IOException e) {
            lines.say("the bundle cache is not removed: " + e);
        } catch (ExecutionException e) {
            // Whoever asked for the framework was told that there is none.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
