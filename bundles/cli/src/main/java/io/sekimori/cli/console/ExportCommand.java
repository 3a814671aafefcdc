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
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
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
        try (SqlRecords records = database.open(place.existing(shell).unit(), shell);
                FileChannel file = FileChannel.open(
                        target,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                OutputStream stream = Channels.newOutputStream(file)) {
            Map<String, TableFacts> facts =
                    RecordsCopy.write(records, stream, (table, rows) -> shell.progress(table + "  " + rows));
            file.force(true);
            shell.progress("");
            shell.tell("export.done", facts.size(), target);
            return ExitCode.OK.number();
        }
    }
}
