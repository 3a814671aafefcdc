package io.sekimori.simulator;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was asked for.
 *
 * @param state where gateways keep keys, certificates and trusted metadata
 * @param trust the folder with {@code root.json} and {@code director.json} of the units
 * @param activations a folder of activation files, if gateways were registered by somebody else
 * @param registration where to register gateways, if they were not
 * @param gateways how many take part
 * @param perSecond how many enrol or connect per second
 * @param model what the gateways say they are
 * @param pollSeconds how often each asks for an assignment
 * @param applySeconds how long the update of one takes after its download
 * @param runSeconds how long all of it lasts; 0 until it is stopped
 * @param faults which gateways misbehave
 * @param summary where the summary is written
 */
record Options(
        Path state,
        Path trust,
        Optional<Path> activations,
        Optional<Registration> registration,
        int gateways,
        int perSecond,
        String model,
        int pollSeconds,
        int applySeconds,
        int runSeconds,
        Faults faults,
        Optional<Path> summary) {

    static final String HELP = """
            Usage: --state DIR --trust DIR
                   (--activations DIR | --console URL --token FILE --authority FILE)
                   [--gateways 500] [--rate 20] [--model simulated] [--poll 300] [--apply 2]
                   [--silent F] [--failing F] [--slow F] [--offline F]
                   [--run SECONDS] [--summary FILE]
                   --help

            Runs gateways that enrol by EST, connect by MQTT, take assignments, download, and report.
            With --console each is registered first, with the bearer token in FILE; FILE of --authority
            holds the console's CA in PEM. Gateways found in DIR of --state go on where they were.
            F is a part of all from 0 to 1: --silent never report an update, --failing take it back,
            --slow take a minute longer, --offline are away for a minute when an assignment comes.
            """;

    private static final Set<String> NAMES = Set.of(
            "--state",
            "--trust",
            "--activations",
            "--console",
            "--token",
            "--authority",
            "--gateways",
            "--rate",
            "--model",
            "--poll",
            "--apply",
            "--silent",
            "--failing",
            "--slow",
            "--offline",
            "--run",
            "--summary");

    /** Where and as whom gateways are registered. */
    record Registration(URI console, Path token, Path authority) {}

    /** @throws IllegalArgumentException if it makes no sense; the message says why */
    static Options parse(List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (!NAMES.contains(name) || i + 1 == arguments.size() || given.put(name, arguments.get(i + 1)) != null) {
                throw new IllegalArgumentException("wrong at " + name);
            }
        }
        Set<String> missing = new HashSet<>(Set.of("--state", "--trust"));
        if (given.containsKey("--console")) {
            missing.addAll(Set.of("--token", "--authority"));
        } else {
            missing.add("--activations");
        }
        missing.removeAll(given.keySet());
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(missing + " missing");
        }
        return new Options(
                Path.of(given.get("--state")),
                Path.of(given.get("--trust")),
                Optional.ofNullable(given.get("--activations")).map(Path::of),
                Optional.ofNullable(given.get("--console"))
                        .map(console -> new Registration(
                                URI.create(console), Path.of(given.get("--token")), Path.of(given.get("--authority")))),
                number(given, "--gateways", 500, 1),
                number(given, "--rate", 20, 1),
                given.getOrDefault("--model", "simulated"),
                number(given, "--poll", 300, 1),
                number(given, "--apply", 2, 0),
                number(given, "--run", 0, 0),
                new Faults(
                        part(given, "--silent"),
                        part(given, "--failing"),
                        part(given, "--slow"),
                        part(given, "--offline")),
                Optional.ofNullable(given.get("--summary")).map(Path::of));
    }

    private static int number(Map<String, String> given, String name, int otherwise, int least) {
        String text = given.getOrDefault(name, Integer.toString(otherwise));
        if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) < least) {
            throw new IllegalArgumentException(name + " takes a number from " + least);
        }
        return Integer.parseInt(text);
    }

    private static double part(Map<String, String> given, String name) {
        String text = given.getOrDefault(name, "0");
        if (!text.matches("0(\\.[0-9]{1,6})?|1(\\.0+)?")) {
            throw new IllegalArgumentException(name + " takes a part of all, 0 to 1");
        }
        return Double.parseDouble(text);
    }
}
