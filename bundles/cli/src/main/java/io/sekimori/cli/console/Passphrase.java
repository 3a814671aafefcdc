package io.sekimori.cli.console;

import io.sekimori.cli.Failure;
import io.sekimori.cli.Secrets;
import io.sekimori.cli.Shell;
import java.io.IOException;
import picocli.CommandLine.Option;

/** {@code --passphrase-stdin}: where the passphrase of a backup comes from. */
final class Passphrase {

    @Option(names = "--passphrase-stdin", descriptionKey = "backup.stdin")
    private boolean stdin;

    /** The passphrase of a backup that is there; the caller wipes it. */
    char[] known(Shell shell) throws Failure, IOException {
        return new Secrets(shell, stdin).ask("backup.passphrase");
    }

    /** The one of a backup to be made, typed twice. */
    char[] chosen(Shell shell) throws Failure, IOException {
        return new Secrets(shell, stdin).askTwice("backup.passphrase");
    }
}
