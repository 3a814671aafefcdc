package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.Shell;
import io.sekimori.records.RecordsException;
import io.sekimori.records.backup.DataException;
import io.sekimori.records.backup.RecordsExport;
import io.sekimori.records.sql.SqlRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sekimori console export}: all records as a file that belongs to no database. The console must not run. */
@Command(name = "export")
public final class ExportCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private ConsoleOption place;

    @Mixin
    private RecordsPlace database;

    @Option(names = "--out", paramLabel = "FILE", required = true, descriptionKey = "export.out")
    private Path out;

    /** The command in this shell. */
    public ExportCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure, RecordsException, DataException {
        Path target = shell.resolve(out);
        ConsoleHome home = place.existing(shell);
        try (SqlRecords records = database.open(home.unit(), shell)) {
            RecordsExport.Written written =
                    RecordsExport.write(records, target, (table, rows) -> shell.progress(table + "  " + rows));
            new LastExport(home).remember(written.sha256());
            shell.progress("");
            shell.tell("export.done", written.facts().size(), target, written.sha256());
            return ExitCode.OK.number();
        }
    }
}
