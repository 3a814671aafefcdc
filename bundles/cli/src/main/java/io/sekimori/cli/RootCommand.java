package io.sekimori.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code sekimori} alone: says what there is. */
@Command(name = "sekimori", versionProvider = Version.class)
public final class RootCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            descriptionKey = "help")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            descriptionKey = "version")
    private boolean version;

    @Option(names = "--debug", scope = ScopeType.INHERIT, descriptionKey = "debug")
    private boolean debug;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), spec.resourceBundle().getString("usage.missingCommand"));
    }

    /** Refuses a command that only groups others and was given alone. */
    public static void needsSubcommand(CommandSpec spec) {
        CommandLine line = spec.commandLine();
        throw new ParameterException(line, spec.resourceBundle().getString("usage.missingCommand"));
    }
}
