package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.Secrets;
import io.sekimori.cli.Shell;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code sekimori login}: signs in at a console and keeps the token. Which console it is, its certificate's fingerprint
 * says; without {@code --fingerprint} a person is asked to compare it, never is it taken unseen.
 */
@Command(name = "login")
public final class LoginCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "URL", descriptionKey = "login.console")
    private URI console;

    @Option(names = "--name", paramLabel = "NAME", defaultValue = "admin", descriptionKey = "login.name")
    private String name;

    @Option(names = "--fingerprint", paramLabel = "SHA256", descriptionKey = "login.fingerprint")
    private Optional<String> fingerprint = Optional.empty();

    @Option(names = "--password-stdin", descriptionKey = "login.stdin")
    private boolean stdin;

    /** The command in this shell. */
    public LoginCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure, MalformedJson {
        if (!"https".equals(console.getScheme()) || console.getHost() == null) {
            throw new Failure(ExitCode.USAGE, "CONSOLE_ADDRESS", console);
        }
        Secrets secrets = new Secrets(shell, stdin);
        String pin = fingerprint.isPresent() ? plain(fingerprint.get()) : compared(secrets);
        char[] password = secrets.ask("login.password");
        JsonObject session = signIn(pin, password);
        Login login = new Login(console, pin, session.string("name"), session.string("token"));
        if (session.optionalBool("mustChangePassword").orElse(false)) {
            login = changed(login, secrets, password);
        }
        login.write(shell);
        shell.tell("login.done", login.person(), console, Login.file(shell));
        return ExitCode.OK.number();
    }

    private JsonObject signIn(String pin, char... password) throws IOException, Failure {
        ConsoleClient client = new ConsoleClient(console, new PinnedTrust(Optional.of(pin)), Optional.empty(), shell);
        return client.post("/v1/session", Map.of("name", name, "password", new String(password), "bearer", true))
                .json();
    }

    /** A first password opens nothing but its own change. */
    private Login changed(Login login, Secrets secrets, char... old) throws IOException, Failure, MalformedJson {
        char[] fresh = secrets.askTwice("login.newPassword");
        ConsoleClient client = new ConsoleClient(
                console, new PinnedTrust(Optional.of(login.pin())), Optional.of(login.token()), shell);
        client.put(
                "/v1/session/password",
                Map.of("current", new String(old), "next", new String(fresh)),
                Optional.empty());
        JsonObject session = signIn(login.pin(), fresh);
        return new Login(console, login.pin(), session.string("name"), session.string("token"));
    }

    private String compared(Secrets secrets) throws Failure, IOException {
        PinnedTrust stranger = new PinnedTrust(Optional.empty());
        try {
            new ConsoleClient(console, stranger, Optional.empty(), shell).get("/v1/session");
        } catch (Failure e) {
            String met = stranger.met().orElse("");
            if (met.isEmpty()) {
                throw e;
            }
            if (secrets.agrees("login.compare", console, met)) {
                return met;
            }
        }
        throw new Failure(ExitCode.REFUSED, "FINGERPRINT_NOT_CONFIRMED", console);
    }

    private static String plain(String given) throws Failure {
        String plain = given.replace(":", "").toLowerCase(Locale.ROOT);
        if (!plain.matches("[0-9a-f]{64}")) {
            throw new Failure(ExitCode.USAGE, "FINGERPRINT_MALFORMED", given);
        }
        return plain;
    }
}
