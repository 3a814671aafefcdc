package io.sekimori.itests.fleet;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A console as a person makes and runs it, with the command line: its own keys, free ports, console and broker as
 * processes. The system property {@code sekimori.home} names the repository, with everything built. Confined to one thread.
 */
public final class RunningConsole implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PASSWORD = "the keeper of the gate";
    private static final List<String> SHORT_RUN = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m");

    private final Path home = Path.of(System.getProperty("sekimori.home"));
    private final Path directory;
    private final CommandLine line;
    private final URI address;
    private final String fingerprint;
    private Child child;

    private RunningConsole(Path work) throws IOException {
        this.directory = work.resolve("console");
        this.line = new CommandLine(work);
        try {
            JsonObject made = JsonObject.parse(line.must(
                            "console",
                            "init",
                            "--directory",
                            directory,
                            "--json",
                            "--https",
                            "127.0.0.1:" + free(),
                            "--mqtt",
                            "127.0.0.1:" + free())
                    .getBytes(StandardCharsets.UTF_8));
            this.address = URI.create(made.string("https"));
            this.fingerprint = made.string("fingerprint");
            this.child = run();
            signIn(made.string("password"));
        } catch (MalformedJson e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Makes one in {@code work}, starts it, signs in, and releases the gateway as shipped with the jars given. */
    public static RunningConsole begin(Path work, List<Path> jars) throws IOException {
        RunningConsole console = new RunningConsole(Files.createDirectories(work));
        try {
            console.release(jars);
            return console;
        } catch (IOException | RuntimeException e) {
            console.close();
            throw e;
        }
    }

    private void signIn(String first) throws IOException {
        line.typing(first + "\n" + PASSWORD + "\n", "login", address, "--password-stdin", "--fingerprint", fingerprint);
    }

    private void release(List<Path> jars) throws IOException {
        Path releases = directory.resolve("offline/releases");
        line.must("release", "add", "--repository", releases, "--feature", home.resolve("features/gateway.json"));
        for (Path jar : jars) {
            line.must("release", "add", "--repository", releases, jar);
        }
        line.must("release", "sign", "--repository", releases, "--keys", directory.resolve("offline/keys"));
        line.must("releases", "import", "--repository", releases);
    }

    private Child run() throws IOException {
        Path log = directory.resolveSibling("console.log");
        int before = Files.exists(log) ? Files.readString(log).length() : 0;
        List<String> options = new ArrayList<>(SHORT_RUN);
        options.add("-Dsekimori.home=" + home);
        Child started = Child.java(
                log,
                options,
                classPath(),
                "io.sekimori.cli.Main",
                List.of("console", "run", "--directory", directory.toString()));
        Waiting.until("the console answers", PATIENCE, () -> {
            started.mustLive();
            return started.said().substring(before).contains(fingerprint);
        });
        return started;
    }

    private String classPath() throws IOException {
        Path built = home.resolve("bundles/cli/target");
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(built, "io.sekimori.cli-[0-9]*.jar")) {
            return jars.iterator().next() + ":" + built.resolve("lib") + "/*";
        }
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Ends console and broker, starts them again, and answers how long it took until the console answered. */
    public Duration restart() throws IOException {
        child.close();
        long began = System.nanoTime();
        child = run();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Where it answers. */
    public URI address() {
        return address;
    }

    /** The certificates of its authority, in PEM. */
    public Path authority() {
        return directory.resolve("unit/data/io.sekimori.authority.ca/ca.pem");
    }

    /** What gateways believe from the start, as {@code root.json} and {@code director.json} in a folder. */
    Path trust() throws IOException {
        Path trust = Files.createDirectories(directory.resolveSibling("trust"));
        Files.write(trust.resolve("root.json"), root("releases"));
        Files.write(trust.resolve("director.json"), root("director"));
        return trust;
    }

    private byte[] root(String repository) throws IOException {
        return Files.readAllBytes(
                directory.resolve("offline").resolve(repository).resolve("metadata/1.root.json"));
    }

    /** The token of the person who is signed in, in a file. */
    Path token() throws IOException {
        Path file = directory.resolveSibling("token");
        Files.writeString(file, login());
        return file;
    }

    private String login() throws IOException {
        try {
            return JsonObject.parse(Files.readAllBytes(line.login().resolve("login.json")))
                    .string("token");
        } catch (MalformedJson e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Its REST interface. */
    public Rest rest() throws IOException {
        return new Rest(address, login(), authority());
    }

    /** Processor time of the console's own process so far. */
    public Duration processorTime() throws IOException {
        return Child.processorTime(console());
    }

    /** Resident memory of the console's own process in MiB. */
    public double residentMib() throws IOException {
        return Child.residentMib(console());
    }

    /** The process of the console; the broker is another. */
    public ProcessHandle console() throws IOException {
        return child.descendant("io.sekimori.launcher.main.Main");
    }

    @Override
    public void close() {
        child.close();
    }
}
