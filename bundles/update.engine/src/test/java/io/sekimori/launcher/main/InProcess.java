package io.sekimori.launcher.main;

import io.sekimori.generation.GenerationVerifier;
import io.sekimori.generation.Trial;
import io.sekimori.generation.Unit;
import io.sekimori.generation.Verification;
import io.sekimori.launcher.StartReason;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The launcher's real services and framework in the process of the test; halting and restarting are only noted. */
public final class InProcess {

    private final RunningFramework framework;
    private final Stopping stopping;
    private final Path cache;

    private InProcess(RunningFramework framework, Stopping stopping, Path cache) {
        this.framework = framework;
        this.stopping = stopping;
        this.cache = cache;
    }

    /**
     * Starts a generation.
     *
     * @param restarted hears the reason when a new process is wanted
     * @param halted hears the name of the exit code when the launcher would have halted the process
     */
    public static InProcess start(
            Unit unit, int number, boolean onTrial, Consumer<String> restarted, Consumer<String> halted)
            throws Exception {
        Verification verification = new GenerationVerifier(unit).verify(number);
        if (!(verification instanceof Verification.Verified verified)) {
            throw new IllegalStateException(verification.toString());
        }
        Lines lines = new Lines(System.err);
        Choice.Chosen chosen = new Choice.Chosen(
                verified,
                onTrial ? StartReason.TRIAL : StartReason.NORMAL,
                onTrial ? Optional.of(new Trial(number, 1)) : Optional.empty(),
                List.of());
        Scratch scratch = Scratch.of(unit, Map.of());
        HaltingDeadline deadline = new HaltingDeadline(
                new LastWordsWriter(unit, number, Clock.systemUTC(), lines), lines, code -> halted.accept(code.name()));
        deadline.start();
        Path cache = scratch.folder();
        Stopping stopping = new Stopping(Duration.ofMinutes(2), lines, code -> halted.accept(code.name()));
        Thread watch = new Thread(() -> watch(stopping, restarted), "in-process-watch");
        watch.setDaemon(true);
        watch.start();
        SystemServices services = new SystemServices(unit, new SecondFramework(unit, scratch, lines), stopping, lines);
        RunningFramework framework = new RunningFramework(unit, cache, services, lines);
        framework.init();
        framework.start(chosen, deadline);
        if (!framework.notStarted().isEmpty()) {
            throw new IllegalStateException(framework.notStarted().toString());
        }
        return new InProcess(framework, stopping, cache);
    }

    /** Stops the framework. */
    public void close() throws Exception {
        stopping.want(ExitCode.OK, "the test ends");
        framework.stop();
        stopping.done();
        Scratch.remove(cache);
    }

    private static void watch(Stopping stopping, Consumer<String> restarted) {
        try {
            ExitCode code = stopping.await();
            if (code == ExitCode.RESTART) {
                restarted.accept(code.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
