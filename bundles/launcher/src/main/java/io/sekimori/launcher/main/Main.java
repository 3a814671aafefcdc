package io.sekimori.launcher.main;

import io.sekimori.generation.Unit;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Where the process begins. */
public final class Main {

    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        long beganNanos = System.nanoTime();
        Lines lines = new Lines(System.err);
        CommandLine command = CommandLine.parse(List.of(arguments));
        // Halted rather than exited: what bundles hang into the JVM's shutdown must not hold it.
        Halt.ofThisProcess().halt(run(command, lines, beganNanos));
    }

    private static ExitCode run(CommandLine command, Lines lines, long beganNanos) {
        if (command instanceof CommandLine.Run run) {
            return runGateway(run.options(), lines, beganNanos);
        }
        if (command instanceof CommandLine.Verify verify) {
            return new VerifyCommand(new Unit(verify.unit()), verify.generation(), System.out, lines).run();
        }
        if (command instanceof CommandLine.BringSlot bring) {
            Unit unit = new Unit(bring.unit());
            Optional<OwnSlot> own = OwnSlot.find(unit, System.getProperty("java.class.path"));
            return new SlotIntake(unit, own, lines, Clock.systemUTC()).run();
        }
        if (command instanceof CommandLine.Wrong wrong) {
            lines.say(wrong.why());
            System.err.print(CommandLine.HELP);
            return ExitCode.USAGE;
        }
        System.out.print(CommandLine.HELP);
        System.out.flush();
        return ExitCode.OK;
    }

    private static ExitCode runGateway(RunOptions options, Lines lines, long beganNanos) {
        Stopping stopping = new Stopping(options.stopLimit(), lines, Halt.ofThisProcess());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> onShutdown(stopping), "sekimori-signal"));
        ExitCode code = new GatewayProcess(options, lines, stopping).run(beganNanos);
        stopping.done();
        return code;
    }

    /** Holds the JVM until the main thread is through: a JVM ended by a signal would not exit with 0. */
    private static void onShutdown(Stopping stopping) {
        ExitFromInside.caller(Thread.getAllStackTraces())
                .ifPresentOrElse(stopping::exited, () -> stopping.want(ExitCode.OK, "asked by a signal"));
        try {
            stopping.awaitDone();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Halt.ofThisProcess().halt(stopping.wanted().orElse(ExitCode.OK));
    }
}
