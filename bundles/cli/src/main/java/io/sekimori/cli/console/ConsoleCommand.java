package io.sekimori.cli.console;

import io.sekimori.cli.RootCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sekimori console}: makes, runs and keeps a console on this machine. */
@Command(
        name = "console",
        subcommands = {
            InitCommand.class,
            RunCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            ResetPasswordCommand.class,
            KeysCommand.class,
            AuthorityCommand.class,
            ExportCommand.class,
            ImportCommand.class
        })
public final class ConsoleCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        RootCommand.needsSubcommand(spec);
    }
}
