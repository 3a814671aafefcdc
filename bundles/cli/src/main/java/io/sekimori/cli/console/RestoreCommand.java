package io.sekimori.cli.console;

import io.sekimori.cli.Distribution;
import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.FileTree;
import io.sekimori.cli.Shell;
import io.sekimori.keys.Keys;
import io.sekimori.records.RecordsException;
import io.sekimori.records.backup.ConsoleBackup;
import io.sekimori.records.backup.DataException;
import io.sekimori.records.sql.SqlRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code sekimori console restore}: a console out of its backup and the operator's offline medium, in a new directory. The
 * unit is made anew, with a device key of its own; everything that gateways know of the console is as it was.
 */
@Command(name = "restore")
public final class RestoreCommand implements Callable<Integer> {

    private static final String DEVICE_KEY = "io.sekimori.keys.file/" + Keys.DEVICE + ".key";

    private final Shell shell;

    @Mixin
    private ConsoleOption place;

    @Mixin
    private Passphrase passphrase;

    @Parameters(paramLabel = "FILE", descriptionKey = "restore.file")
    private Path backup;

    @Option(names = "--offline", paramLabel = "DIR", required = true, descriptionKey = "restore.offline")
    private Path offline;

    @Option(names = "--jars", paramLabel = "DIR", descriptionKey = "init.jars")
    private List<Path> jars = List.of();

    /** The command in this shell. */
    public RestoreCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure, RecordsException, DataException {
        char[] secret = passphrase.known(shell);
        NewDirectory directory = new NewDirectory(place.home(shell).directory());
        try {
            ConsoleHome home = new ConsoleHome(directory.begin());
            copy(shell.resolve(offline), home.offline());
            ConsoleFacts facts = ConsoleFacts.read(home.factsCopy());
            NewConsole made = new NewConsole(shell, home, facts.https(), facts.mqtt(), facts.account());
            made.unitAgain(
                    jars.isEmpty()
                            ? Distribution.ofProcess().consoleJars()
                            : jars.stream().map(shell::resolve).toList());
            OwnAudit.record(
                    home,
                    "console.restore",
                    Map.of("backup", backup.getFileName().toString(), "fingerprint", facts.fingerprint()));
            bring(home, secret);
            made.broker();
            Files.write(home.facts(), facts.bytes());
            directory.appear();
        } finally {
            Arrays.fill(secret, '\0');
            directory.discard();
        }
        shell.tell("restore.done", place.home(shell).directory());
        return ExitCode.OK.number();
    }

    /** Keys of the backup, but for that of the device: the unit's software is assigned to the one it has now. */
    private void bring(ConsoleHome home, char... secret) throws IOException, RecordsException, DataException {
        Path key = home.unit().resolve("data").resolve(DEVICE_KEY);
        Path aside = home.directory().resolve("device.key");
        Files.move(key, aside);
        FileTree.delete(key.getParent());
        try (SqlRecords records = SqlRecords.ofUnit(home.unit())) {
            ConsoleBackup.restore(shell.resolve(backup), secret, home.unit(), records);
        }
        Files.move(aside, key, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
