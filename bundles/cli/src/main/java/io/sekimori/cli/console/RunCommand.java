package io.sekimori.cli.console;

import io.sekimori.cli.Distribution;
import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.Shell;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code sekimori console run}: the broker and the console, two processes, in the foreground. A broker that ends is
 * started again; when the console ends, so does the broker, and the exit code is the launcher's.
 */
@Command(name = "run")
public final class RunCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final Duration BREATH = Duration.ofSeconds(1);

    private final Shell shell;

    @Mixin
    private ConsoleOption place;

    @Option(names = "--broker-lib", paramLabel = "DIR", descriptionKey = "run.brokerLib")
    private Path brokerLib;

    @Option(names = "--no-broker", descriptionKey = "run.noBroker")
    private boolean noBroker;

    /** The command in this shell. */
    public RunCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure {
        ConsoleHome home = place.existing(shell);
        ConsoleFacts facts = ConsoleFacts.read(home);
        Files.createDirectories(home.logs());
        tellTaken(facts.https());
        if (!noBroker) {
            tellTaken(facts.mqtt());
        }
        shell.note(shell.messages().text("run.starting", PATIENCE.toSeconds(), home.logs()));
        Optional<OwnedProcess> broker = noBroker ? Optional.empty() : Optional.of(broker(home));
        OwnedProcess console = OwnedProcess.start(
                "console",
                List.of(home.unit().resolve("bin").resolve("sekimori-gateway").toString()),
                Map.of("SEKIMORI_HEAP", shell.environment().getOrDefault("SEKIMORI_HEAP", "384m")),
                home.logs().resolve("console.log"));
        Pair pair = new Pair(home, console, broker);
        Thread onSignal = new Thread(pair::endOnSignal, "sekimori-signal");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            await(pair, new PinnedTrust(Optional.of(facts.fingerprint())), facts);
            new ConsoleEntrance(facts).tell(shell);
            FirstPassword.unspent(home.data("io.sekimori.audit.chain"))
                    .ifPresent(person -> shell.tell("run.password", person));
            return pair.watch();
        } catch (Failure e) {
            pair.end();
            throw e;
        }
    }

    private OwnedProcess broker(ConsoleHome home) throws IOException {
        Path lib = brokerLib == null ? Distribution.ofProcess().brokerLib() : shell.resolve(brokerLib);
        return OwnedProcess.start(
                "broker",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-Djdk.tls.namedGroups=x25519,secp256r1,secp384r1",
                        "-cp",
                        lib.resolve("*").toString(),
                        "io.sekimori.broker.Main",
                        "--directory",
                        home.broker().toString()),
                Map.of(),
                home.logs().resolve("broker.log"));
    }

    // A proxy of this console may be there, so that is told and not refused.
    private void tellTaken(ConsoleFacts.Endpoint endpoint) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), (int) GLANCE.toMillis());
            shell.note(shell.messages().text("run.taken", endpoint));
        } catch (IOException e) {
            // as it should be: nothing is there
            return;
        }
    }

    private void await(Pair pair, PinnedTrust trust, ConsoleFacts facts) throws Failure, IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(trust, facts)) {
            pair.mustLive();
            if (System.nanoTime() > deadline) {
                throw new Failure(
                        ExitCode.FAILED,
                        "CONSOLE_SILENT",
                        PATIENCE.toSeconds(),
                        pair.console().log());
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }

    /** Whether it serves: who is not signed in is told so. */
    private boolean answers(PinnedTrust trust, ConsoleFacts facts) throws IOException {
        try {
            new ConsoleClient(facts.https().uri("https"), trust, Optional.empty(), shell).get("/v1/session");
            return true;
        } catch (Failure e) {
            return e.code().equals("SESSION_REQUIRED");
        }
    }

    /** The two processes. */
    private final class Pair {

        private final ConsoleHome home;
        private final OwnedProcess console;
        private volatile Optional<OwnedProcess> broker;
        private volatile boolean ending;

        Pair(ConsoleHome home, OwnedProcess console, Optional<OwnedProcess> broker) {
            this.home = home;
            this.console = console;
            this.broker = broker;
        }

        OwnedProcess console() {
            return console;
        }

        void mustLive() throws Failure {
            console.mustLive();
            if (broker.isPresent()) {
                broker.get().mustLive();
            }
        }

        int watch() throws IOException {
            while (console.process().isAlive()) {
                if (!ending && broker.isPresent() && !broker.get().process().isAlive()) {
                    shell.tell("run.brokerAgain", broker.get().process().exitValue());
                    broker = Optional.of(RunCommand.this.broker(home));
                }
                LockSupport.parkNanos(BREATH.toNanos());
            }
            end();
            return console.process().exitValue();
        }

        void end() {
            ending = true;
            console.end();
            broker.ifPresent(OwnedProcess::end);
        }

        void endOnSignal() {
            end();
            Runtime.getRuntime().halt(console.process().exitValue());
        }
    }
}
