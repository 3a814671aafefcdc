package io.sekimori.broker;

import io.sekimori.trust.Refusal;
import java.util.List;

/** Where the process begins. */
public final class Main {

    private Main() {}

    /** Runs the command and ends the process with its {@link ExitCode}. */
    public static void main(String... arguments) {
        Lines lines = new Lines(System.err);
        ExitCode code;
        try {
            code = run(CommandLine.parse(List.of(arguments)), lines);
        } catch (BrokerException e) {
            lines.advise(e.refusal());
            code = exitCode(e.refusal());
        }
        System.out.flush();
        Runtime.getRuntime().halt(code.code());
    }

    private static ExitCode run(CommandLine command, Lines lines) throws BrokerException {
        if (command instanceof CommandLine.Run run) {
            return new BrokerProcess(run.directory(), System.out, lines).run();
        }
        if (command instanceof CommandLine.Mosquitto mosquitto) {
            BrokerSettings settings = BrokerSettings.read(mosquitto.directory());
            new MosquittoFiles(settings, mosquitto.consoles()).write(mosquitto.into());
            return ExitCode.OK;
        }
        if (command instanceof CommandLine.Wrong wrong) {
            lines.say(wrong.why());
            System.err.print(CommandLine.HELP);
            return ExitCode.USAGE;
        }
        System.out.print(CommandLine.HELP);
        return ExitCode.OK;
    }

    private static ExitCode exitCode(Refusal refusal) {
        return switch ((BrokerCode) refusal.code()) {
            case ALREADY_RUNNING -> ExitCode.ALREADY_RUNNING;
            case CONFIGURATION, CREDENTIALS, KEY_EXPOSED -> ExitCode.CONFIGURATION;
            default -> ExitCode.FAILED;
        };
    }
}
