package io.sekimori.cli.console;

import io.sekimori.access.AccessCode;
import io.sekimori.access.Person;
import io.sekimori.authority.AuthorityException;
import io.sekimori.cli.Distribution;
import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.JsonOption;
import io.sekimori.cli.Shell;
import io.sekimori.keys.KeyException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code sekimori console init}: makes a console with keys of its own: publisher, director, certification authority, the
 * unit it runs as, its broker, and the first person. A console appears whole or not at all.
 */
@Command(name = "init")
public final class InitCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private ConsoleOption place;

    @Option(names = "--https", paramLabel = "HOST:PORT", defaultValue = "127.0.0.1:8443", descriptionKey = "init.https")
    private String https;

    @Option(names = "--mqtt", paramLabel = "HOST:PORT", defaultValue = "127.0.0.1:8883", descriptionKey = "init.mqtt")
    private String mqtt;

    @Option(names = "--account", paramLabel = "NAME", defaultValue = "sekimori", descriptionKey = "init.account")
    private String account;

    @Option(names = "--admin", paramLabel = "NAME", defaultValue = "admin", descriptionKey = "init.admin")
    private String admin;

    @Option(names = "--jars", paramLabel = "DIR", descriptionKey = "init.jars")
    private List<Path> jars = List.of();

    @Option(names = "--configure", paramLabel = "PID:NAME=VALUE", descriptionKey = "assign.configure")
    private List<String> configure = List.of();

    @Mixin
    private JsonOption json;

    /** The command in this shell. */
    public InitCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure {
        if (!Person.isName(admin)) {
            throw new Failure(ExitCode.USAGE, AccessCode.PERSON_NAME_MALFORMED.name(), admin);
        }
        Path target = place.home(shell).directory();
        NewDirectory directory = new NewDirectory(target);
        try {
            NewConsole made = new NewConsole(
                    shell,
                    new ConsoleHome(directory.begin()),
                    ConsoleFacts.Endpoint.parse(https),
                    ConsoleFacts.Endpoint.parse(mqtt),
                    account);
            ConsoleFacts facts = made.configuring(configure)
                    .make(jars.isEmpty() ? Distribution.ofProcess().consoleJars() : resolved(), admin);
            directory.appear();
            made.revealPassword(password -> answer(target, facts, password));
            return ExitCode.OK.number();
        } catch (KeyException | AuthorityException e) {
            throw new Failure(ExitCode.FAILED, "CONSOLE_KEYS", String.valueOf(e.getMessage())).because(e);
        } finally {
            directory.discard();
        }
    }

    private List<Path> resolved() {
        return jars.stream().map(shell::resolve).toList();
    }

    private void answer(Path target, ConsoleFacts facts, String password) {
        if (json.wanted()) {
            shell.json(Map.of(
                    "directory", target.toString(),
                    "https", facts.https().uri("https").toString(),
                    "fingerprint", facts.fingerprint(),
                    "admin", admin,
                    "password", password));
            return;
        }
        shell.tell("init.made", target);
        shell.tell("init.offline", target.resolve("offline"));
        shell.tell("init.fingerprint", facts.fingerprint());
        shell.tell("init.password", admin, password);
        shell.tell("init.next", target);
    }
}
