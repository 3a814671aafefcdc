package io.sekimori.cli;

import io.sekimori.generation.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sekimori gateway}: runs a unit in the foreground. */
@Command(name = "gateway")
final class GatewayCommand implements Runnable {

    private final Shell shell;

    @Spec
    private CommandSpec spec;

    GatewayCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        RootCommand.needsSubcommand(spec);
    }

    /** Runs the unit's own start script until it ends; its exit code is ours. */
    @Command(name = "run")
    int start(@Mixin UnitOption place) throws IOException, Failure {
        Unit unit = place.of(shell);
        Path script = unit.directory().resolve("bin").resolve("sekimori-gateway");
        if (!Files.isExecutable(script)) {
            throw new Failure(ExitCode.REFUSED, "NO_START_SCRIPT", script);
        }
        // The terminal sends its signals to both; one that only we get is passed on. The exit code stays the
        // launcher's. Ready before there is anything to pass on to: a gateway must not be left without its keeper.
        CompletableFuture<Process> started = new CompletableFuture<>();
        Thread passOn = new Thread(() -> end(started), "sekimori-signal");
        Runtime.getRuntime().addShutdownHook(passOn);
        try {
            Process gateway = new ProcessBuilder(script.toString()).inheritIO().start();
            started.complete(gateway);
            return await(gateway);
        } finally {
            started.cancel(false);
        }
    }

    private static int await(Process gateway) {
        try {
            return gateway.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            gateway.destroy();
            return ExitCode.CANCELLED.number();
        }
    }

    private static void end(CompletableFuture<Process> started) {
        try {
            Process gateway = started.get();
            gateway.destroy();
            Runtime.getRuntime().halt(gateway.waitFor());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | CancellationException e) {
            // There is no gateway; the process ends as it would have.
            return;
        }
    }
}
