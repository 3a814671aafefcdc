package io.sekimori.benchmarks.broker;

import io.sekimori.benchmarks.Setting;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A broker in a process of its own, ready to be connected to: ours, or mosquitto. */
final class RunningBroker implements AutoCloseable {

    private static final String MOSQUITTO = "/usr/sbin/mosquitto";

    private final Process process;
    private final int port;
    private final double startMillis;

    private RunningBroker(Process process, int port, double startMillis) {
        this.process = process;
        this.port = port;
        this.startMillis = startMillis;
    }

    static boolean hasMosquitto() {
        return Files.isExecutable(Path.of(MOSQUITTO));
    }

    /** Makes what a broker needs in {@code folder}. */
    static void prepare(Path folder, Authority authority) throws IOException {
        Files.createDirectories(folder.resolve("data"));
        authority.writeBroker(folder);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(folder.resolve("broker.json"), """
                    {"port": %d, "key": "key.pem", "chain": "chain.pem", "anchors": "anchors.pem",
                     "limits": {"sessionMessages": 1000000}}
                    """.formatted(free.getLocalPort()));
        }
    }

    static RunningBroker ours(Setting setting, Path folder) throws IOException {
        return start(program(setting, "--directory", folder.toString()), "ready at", folder);
    }

    static RunningBroker mosquitto(Setting setting, Path folder) throws IOException, InterruptedException {
        Process writing = new ProcessBuilder(
                        program(setting, "mosquitto", "--directory", folder.toString(), "--into", folder.toString()))
                .inheritIO()
                .start();
        if (writing.waitFor() != 0) {
            throw new IOException("the configuration for mosquitto was not written");
        }
        Path configuration = folder.resolve("mosquitto.conf");
        // It would else become a user who may not read the files of this run.
        Files.writeString(configuration, "user " + System.getProperty("user.name") + "\n", StandardOpenOption.APPEND);
        return start(List.of(MOSQUITTO, "-c", configuration.toString()), "running", folder);
    }

    private static RunningBroker start(List<String> command, String sign, Path folder) throws IOException {
        long began = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains(sign)) {
                double millis = (System.nanoTime() - began) / 1e6;
                swallow(lines);
                return new RunningBroker(process, port(folder), millis);
            }
            said.append(line).append('\n');
        }
        throw new IOException(command.get(0) + " did not start: " + said);
    }

    /** A process whose output nobody reads would wait for ever. */
    private static void swallow(BufferedReader lines) {
        Thread reader = new Thread(() -> lines.lines().forEach(line -> {}), "broker-output");
        reader.setDaemon(true);
        reader.setUncaughtExceptionHandler((thread, closed) -> {});
        reader.start();
    }

    private static int port(Path folder) throws IOException {
        return Integer.parseInt(
                Files.readString(folder.resolve("broker.json")).replaceAll("(?s).*\"port\": ([0-9]+).*", "$1"));
    }

    private static List<String> program(Setting setting, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:MaxDirectMemorySize=64m",
                "-cp",
                classPath(setting),
                "io.sekimori.broker.Main"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String classPath(Setting setting) throws IOException {
        Path built = setting.home().resolve("bundles/broker/target");
        try (Stream<Path> jars = Files.list(built)) {
            Path jar = jars.filter(
                            file -> file.getFileName().toString().matches("io\\.sekimori\\.broker-[0-9.]*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the broker is not built in " + built));
            return jar + ":" + built.resolve("lib") + "/*";
        }
    }

    int port() {
        return port;
    }

    double startMillis() {
        return startMillis;
    }

    /** Its memory that is not swapped out, in MiB. */
    double residentMib() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
