package io.sekimori.demo;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The console of the demo: its directory, and the processes of console and broker. Confined to one thread. */
final class ConsoleProcess {

    private static final String NAME = "console";

    private final Place place;
    private Path directory;
    private String address = "";
    private String fingerprint = "";
    private String password = "";

    ConsoleProcess(Place place) {
        this.place = place;
        this.directory = place.state().resolve(NAME);
    }

    Path directory() {
        return directory;
    }

    String address() {
        return address;
    }

    int port() {
        return java.net.URI.create(address).getPort();
    }

    String fingerprint() {
        return fingerprint;
    }

    /** The password of the first person: the one-time one, until another was chosen. */
    String password() {
        return password;
    }

    /** The password that the first person chose. */
    void chosen(String next) {
        password = next;
    }

    /** Makes it, at the usual ports if they are free. */
    void make(Tool tool) throws IOException, Broken {
        make(tool, free(8443), free(8883));
    }

    /** Makes it at ports that nobody else uses, configured with these words. */
    void makeAnywhere(Tool tool, List<String> configured) throws IOException, Broken {
        Object[] words = configured.stream()
                .flatMap(each -> Stream.of("--configure", each))
                .toArray();
        make(tool, free(0), free(0), words);
    }

    private void make(Tool tool, int https, int mqtt, Object... more) throws Broken {
        List<Object> words = new ArrayList<>(List.of(
                "console",
                "init",
                "--directory",
                directory,
                "--json",
                "--https",
                "127.0.0.1:" + https,
                "--mqtt",
                "127.0.0.1:" + mqtt));
        words.addAll(List.of(more));
        JsonObject made = tool.must(words.toArray()).json();
        try {
            address = made.string("https");
            fingerprint = made.string("fingerprint");
            password = made.string("password");
        } catch (MalformedJson e) {
            throw new Broken("console init does not say what it made", e);
        }
    }

    /** Goes on with another directory, such as one that was restored. */
    void moveTo(Path other) {
        directory = other;
    }

    /** Starts console and broker as a person does, and waits until they answer. */
    Duration start() throws IOException, Broken {
        long began = System.nanoTime();
        Path log = place.log(NAME);
        long said = Files.exists(log) ? Files.size(log) : 0;
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-Dsekimori.home=" + place.home(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.sekimori.cli.Main",
                        "console",
                        "run",
                        "--directory",
                        directory.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(new File("/dev/null"))
                .start();
        OwnProcess.remember(process.toHandle(), place.pidFile(NAME));
        Waiting.until("the console answers", Duration.ofSeconds(120), () -> {
            if (!process.isAlive()) {
                throw new Broken("the console ended with " + process.exitValue() + "; its log is " + log);
            }
            return Files.readString(log).substring((int) said).contains(fingerprint);
        });
        return Duration.ofNanos(System.nanoTime() - began);
    }

    void stop() throws IOException {
        Optional<OwnProcess> own = OwnProcess.recall(place.pidFile(NAME));
        if (own.isPresent()) {
            own.get().end(40);
            Files.deleteIfExists(place.pidFile(NAME));
        }
    }

    /** kill -9 of the broker; whoever runs the console starts it again. */
    void killBroker() throws IOException, Broken {
        ProcessHandle broker = process("io.sekimori.broker.Main");
        broker.destroyForcibly();
        broker.onExit().join();
    }

    /** Resident memory in MiB of the process whose command line holds {@code word}. */
    long residentMegabytes(String word) throws IOException, Broken {
        for (String line : Files.readAllLines(Path.of("/proc/" + process(word).pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
            }
        }
        throw new Broken("the system does not say how much memory " + word + " has");
    }

    private ProcessHandle process(String word) throws IOException, Broken {
        List<ProcessHandle> family =
                OwnProcess.recall(place.pidFile(NAME)).map(OwnProcess::family).orElse(List.of());
        for (ProcessHandle process : family) {
            Path line = Path.of("/proc/" + process.pid() + "/cmdline");
            if (Files.exists(line) && Files.readString(line).replace('\0', ' ').contains(" " + word + " ")) {
                return process;
            }
        }
        throw new Broken("there is no process " + word);
    }

    /** The usual port if it is free, else another one. */
    static int free(int usual) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(loopback, usual));
            return socket.getLocalPort();
        } catch (IOException e) {
            try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
                return socket.getLocalPort();
            }
        }
    }
}
