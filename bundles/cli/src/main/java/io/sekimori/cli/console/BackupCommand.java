package io.sekimori.cli.console;

import io.sekimori.cli.Control;
import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.Shell;
import io.sekimori.cli.UpdateCommand;
import io.sekimori.control.socket.ControlClient;
import io.sekimori.control.socket.ControlException;
import io.sekimori.generation.Unit;
import io.sekimori.records.RecordsException;
import io.sekimori.records.backup.ConsoleBackup;
import io.sekimori.records.backup.DataException;
import io.sekimori.records.sql.SqlRecords;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code sekimori console backup}: what the console cannot be made again without, in one encrypted file. A console that runs
 * makes it itself, since it alone has its records.
 */
@Command(name = "backup")
public final class BackupCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private ConsoleOption place;

    @Mixin
    private Passphrase passphrase;

    @Option(names = "--out", paramLabel = "FILE", required = true, descriptionKey = "backup.out")
    private Path out;

    /** The command in this shell. */
    public BackupCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call()
            throws IOException, Failure, MalformedJson, ControlException, RecordsException, DataException {
        Unit unit = new Unit(place.existing(shell).unit());
        Path target = shell.resolve(out).toAbsolutePath();
        char[] secret = passphrase.chosen(shell);
        try {
            if (Control.answers(unit.controlSocket())) {
                UpdateCommand.answer(new ControlClient(unit.controlSocket(), Duration.ZERO)
                        .ask("console.backup", Map.of("file", target.toString(), "passphrase", new String(secret))));
            } else {
                try (SqlRecords records = SqlRecords.ofUnit(unit.directory())) {
                    ConsoleBackup.write(records, unit.directory(), secret, target);
                }
            }
        } finally {
            Arrays.fill(secret, '\0');
        }
        shell.tell("backup.done", target);
        return ExitCode.OK.number();
    }
}
