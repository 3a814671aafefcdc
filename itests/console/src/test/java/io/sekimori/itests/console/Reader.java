package io.sekimori.itests.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pastes the commands of {@code docs/console.md} as somebody would who reads it from top to bottom: fills in what only they
 * know, types passwords, leaves open what goes on, and waits where the page says that something takes a moment. Beyond that
 * every line is given as it stands, but for ports that are free. Confined to one thread.
 */
final class Reader {

    private static final Pattern FINGERPRINT = Pattern.compile("\\b[0-9a-f]{64}\\b");
    private static final Pattern ONE_TIME = Pattern.compile("\\b([a-z0-9]{5}-){3}[a-z0-9]{5}\\b");
    private static final String PASSWORD = "the keeper of the gate";
    private static final String PASSPHRASE = "a passphrase for the test";

    private final Terminal terminal;
    private final int https;
    private final int mqtt;
    private final int postgres;
    private final List<String> given = new ArrayList<>();
    private Terminal.Running console;
    private Terminal.Running gateway;
    private String fingerprint = "";
    private String oneTime = "";

    Reader(Terminal terminal, int https, int mqtt, int postgres) {
        this.terminal = terminal;
        this.https = https;
        this.mqtt = mqtt;
        this.postgres = postgres;
    }

    /** The lines given so far, as the page has them. */
    List<String> given() {
        return List.copyOf(given);
    }

    /** The gateway that was started last. */
    Terminal.Running gateway() {
        return gateway;
    }

    /** What is done while nobody looks. */
    interface Deed {
        void done() throws Exception;
    }

    /** Ends the console, and starts it again once that is done. */
    void whileTheConsoleIsOff(Deed deed) throws Exception {
        console.end();
        deed.done();
        console = terminal.begin("sekimori console run --directory console");
        Terminal.await("the console answers", () -> terminal.succeeds("sekimori gateways list"));
    }

    /** Gives one line as it stands, unless the page has a reader do more with it. */
    void give(String line) throws IOException, InterruptedException {
        String command = line.replace("FINGERPRINT", fingerprint)
                .replace("127.0.0.1:8443", "127.0.0.1:" + https)
                .replace("postgresql://127.0.0.1/", "postgresql://127.0.0.1:" + postgres + "/");
        if (line.startsWith("sekimori console init ")) {
            init(command + " --https 127.0.0.1:" + https + " --mqtt 127.0.0.1:" + mqtt);
        } else if (line.startsWith("sekimori console run ")) {
            console = open(command, "admin has not signed in yet");
            assertThat(console.said())
                    .contains("ssh -L " + https + ":127.0.0.1:" + https)
                    .doesNotContain(oneTime);
        } else if (line.startsWith("sekimori gateway run ")) {
            gateway = open(command, "");
            Terminal.await("the gateway answers", () -> terminal.succeeds("sekimori identity show --unit unit"));
        } else if (line.startsWith("sekimori login ")) {
            must(command + " --password-stdin", oneTime, PASSWORD);
        } else if (line.startsWith("sekimori factory ")) {
            // Watched for a moment instead of half a minute before an update counts as good.
            must(command + " --configure io.sekimori.update.engine:probation.seconds=1");
        } else if (line.equals("sekimori gateways list")) {
            Terminal.await("the gateway is connected", () -> holds(command, "ACTIVATED +connected +1\\b"));
        } else if (line.startsWith("sekimori console backup ") || line.startsWith("sekimori console restore ")) {
            must(command + " --passphrase-stdin", PASSPHRASE);
        } else {
            if (line.startsWith("sekimori console export ")) {
                console.end(); // the page says so
            }
            must(command);
        }
        given.add(line);
    }

    private void init(String command) throws IOException, InterruptedException {
        String out = must(command);
        fingerprint = found(FINGERPRINT, out);
        oneTime = found(ONE_TIME, out);
    }

    private Terminal.Running open(String command, String sign) throws IOException {
        Terminal.Running begun = terminal.begin(command);
        Terminal.await(command + " says " + sign, () -> {
            assertThat(begun.process().isAlive()).as(begun.said()).isTrue();
            return begun.said().contains(sign);
        });
        return begun;
    }

    private String must(String command, String... typed) throws IOException, InterruptedException {
        Terminal.Result result = terminal.run(command, typed);
        assertThat(result.exit()).as(command + "\n" + result.out()).isZero();
        return result.out();
    }

    private boolean holds(String command, String pattern) {
        try {
            Terminal.Result result = terminal.run(command);
            return result.exit() == 0
                    && Pattern.compile(pattern).matcher(result.out()).find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group();
    }
}
