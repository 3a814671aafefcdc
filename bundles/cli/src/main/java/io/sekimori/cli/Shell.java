package io.sekimori.cli;

import io.sekimori.trust.JsonText;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;

/**
 * What a command may touch of the process around it: streams, language, environment, clock, directory. Commands get
 * it in their constructor, so that a test runs them without a process. Confined to the thread of the command.
 */
public final class Shell {

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean interactive;
    private final Map<String, String> environment;
    private final Messages messages;
    private final boolean unicode;
    private final Clock clock;
    private final Path directory;
    private final InputStream in;

    /** A shell without input, writing to {@code out} and {@code err}; {@code interactive} if a person watches them. */
    public Shell(
            OutputStream out,
            OutputStream err,
            boolean interactive,
            Map<String, String> environment,
            Clock clock,
            Path directory) {
        this(InputStream.nullInputStream(), out, err, interactive, environment, clock, directory);
    }

    /** The same, reading from {@code in}. */
    public Shell(
            InputStream in,
            OutputStream out,
            OutputStream err,
            boolean interactive,
            Map<String, String> environment,
            Clock clock,
            Path directory) {
        this.in = in;
        this.environment = Map.copyOf(environment);
        Charset charset = charset(environment);
        this.unicode = charset.equals(StandardCharsets.UTF_8);
        this.out = new PrintWriter(new OutputStreamWriter(out, charset), false);
        this.err = new PrintWriter(new OutputStreamWriter(err, charset), true);
        this.interactive = interactive;
        this.messages = Messages.in(unicode ? Messages.localeOf(environment) : Locale.ROOT);
        this.clock = clock;
        this.directory = directory;
    }

    /** The shell of this process. */
    static Shell ofProcess() {
        return new Shell(
                System.in,
                System.out,
                System.err,
                System.console() != null,
                System.getenv(),
                Clock.systemUTC(),
                Path.of("").toAbsolutePath());
    }

    private static Charset charset(Map<String, String> environment) {
        String named =
                Messages.firstSet(environment, "LC_ALL", "LC_CTYPE", "LANG").toLowerCase(Locale.ROOT);
        return named.contains("utf-8") || named.contains("utf8") ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
    }

    /** Prints one line of the answer. */
    public void say(String line) {
        out.println(line);
        out.flush();
    }

    /** Prints the line of message {@code key}. */
    public void tell(String key, Object... details) {
        say(messages.text(key, details));
    }

    /** Prints {@code document} as JSON. */
    public void json(Map<String, ?> document) {
        out.print(new String(JsonText.bytes(document), StandardCharsets.UTF_8));
        out.flush();
    }

    /** Prints a line beside the answer: progress, warnings, errors. */
    public void note(String line) {
        err.println(line);
        err.flush();
    }

    /** Rewrites the line of progress where a person watches; nothing elsewhere. */
    public void progress(String line) {
        if (interactive) {
            err.print("\r\u001b[K" + line);
            err.flush();
        }
    }

    /** What is typed or piped in. */
    public InputStream in() {
        return in;
    }

    /** Whether a person watches. */
    public boolean interactive() {
        return interactive;
    }

    /** Whether the terminal can show more than ASCII. */
    public boolean unicode() {
        return unicode;
    }

    /** The texts in the user's language. */
    public Messages messages() {
        return messages;
    }

    /** The time of this command. */
    public Clock clock() {
        return clock;
    }

    /** The environment variables. */
    public Map<String, String> environment() {
        return environment;
    }

    /** {@code path} as seen from the directory in which the command was given. */
    public Path resolve(Path path) {
        return directory.resolve(path).normalize();
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }
}
