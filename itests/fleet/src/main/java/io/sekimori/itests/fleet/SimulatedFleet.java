package io.sekimori.itests.fleet;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Simulated gateways of one console, all in one process. Confined to one thread. */
public final class SimulatedFleet implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Child child;
    private final Path log;

    private SimulatedFleet(Child child, Path log) {
        this.child = child;
        this.log = log;
    }

    /**
     * Registers, enrols and connects gateways; those of an earlier start go on where they were.
     *
     * @param folder where they keep what they are
     * @param more options of the simulator, such as {@code --poll 5}
     */
    public static SimulatedFleet start(RunningConsole console, Path folder, int gateways, int perSecond, String... more)
            throws IOException {
        Path home = Path.of(System.getProperty("sekimori.home"));
        Path built = home.resolve("bundles/simulator/target");
        Path log = Files.createTempFile(Files.createDirectories(folder), "simulator", ".log");
        List<String> arguments = new ArrayList<>(List.of(
                "--state", folder.resolve("gateways").toString(),
                "--trust", console.trust().toString(),
                "--console", console.address().toString(),
                "--token", console.token().toString(),
                "--authority", console.authority().toString(),
                "--gateways", Integer.toString(gateways),
                "--rate", Integer.toString(perSecond),
                "--summary", folder.resolve("summary.json").toString()));
        arguments.addAll(List.of(more));
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(built, "io.sekimori.simulator-[0-9]*.jar")) {
            String classPath = jars.iterator().next() + ":" + built.resolve("lib") + "/*";
            return new SimulatedFleet(
                    Child.java(log, List.of("-Xmx768m"), classPath, "io.sekimori.simulator.Main", arguments), log);
        }
    }

    /** How many of them did {@code what}, a word of the simulator's line such as {@code enrolled}; 0 until it said so. */
    public long count(String what) throws IOException {
        child.mustLive();
        Matcher found = Pattern.compile("\\b" + what + " ([0-9]+)").matcher(child.said());
        long last = 0;
        while (found.find()) {
            last = Long.parseLong(found.group(1));
        }
        return last;
    }

    /** Waits until at least so many did. */
    public void await(String what, long count) throws IOException {
        Waiting.until(
                count + " gateways are " + what + "; log " + log, PATIENCE, 200_000_000, () -> count(what) >= count);
    }

    @Override
    public void close() {
        child.close();
    }
}
