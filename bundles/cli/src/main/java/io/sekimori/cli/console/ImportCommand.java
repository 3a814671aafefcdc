package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.Shell;
import io.sekimori.records.RecordsException;
import io.sekimori.records.backup.DataException;
import io.sekimori.records.backup.RecordsExport;
import io.sekimori.records.backup.TableFacts;
import io.sekimori.records.sql.SqlRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

    @Option(names = "--sha256", paramLabel = "HEX", descriptionKey = "import.sha256")
    private Optional<String> sha256 = Optional.empty();

    /** The command in this shell. */
    public ImportCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure, RecordsException, DataException {
        ConsoleHome home = place.existing(shell);
        String expected = sha256.isPresent() ? sha256.get() : new LastExport(home).sha256();
        try (SqlRecords records = database.open(home.unit(), shell)) {
            Map<String, TableFacts> facts = RecordsExport.read(
                    shell.resolve(file),
                    expected,
                    home.directory(),
                    records,
                    (table, rows) -> shell.progress(table + "  " + rows));
            shell.progress("");
            shell.tell("import.done", facts.size());
            return ExitCode.OK.number();
        }
    }
}
