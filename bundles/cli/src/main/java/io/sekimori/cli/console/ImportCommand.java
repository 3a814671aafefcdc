package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.Shell;
import io.sekimori.records.RecordsException;
import io.sekimori.records.backup.DataException;
import io.sekimori.records.backup.RecordsCopy;
import io.sekimori.records.backup.TableFacts;
import io.sekimori.records.sql.SqlRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sekimori console import}: fills an empty database with exported records, and compares. */
@Command(name = "import")
public final class ImportCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private ConsoleOption place;

    @Mixin
    private RecordsPlace database;

    @Parameters(paramLabel = "FILE", descriptionKey = "import.file")
    private Path file;

    /** The command in this shell. */
    public ImportCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure, RecordsException, DataException {
        Path source = shell.resolve(file);
        try (SqlRecords records = database.open(place.existing(shell).unit(), shell)) {
            Map<String, TableFacts> facts = RecordsCopy.read(
                    () -> Files.newInputStream(source), records, (table, rows) -> shell.progress(table + "  " + rows));
            shell.progress("");
            shell.tell("import.done", facts.size());
            return ExitCode.OK.number();
        }
    }
}
