package io.sekimori.launcher.main;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the launcher was asked to do. */
sealed interface CommandLine {

    String TRIAL_LIMIT = "--trial-limit";
    String STOP_LIMIT = "--stop-limit";

    String HELP = """
            Usage: run --unit DIR [--trial-limit SECONDS] [--stop-limit SECONDS]
                   verify --unit DIR --generation N
                   slot --unit DIR
                   --help

            run     verifies and starts the generation of the unit, and runs until it is stopped
            verify  verifies a generation with this launcher and this Java runtime: signatures,
                    every file, and that its bundles resolve from empty; prints JSON
            slot    as root: brings in the slot that run/slot-request.json asks for, if it is signed
            """;

    /** Run the gateway. */
    record Run(RunOptions options) implements CommandLine {}

    /** Verify one generation. */
    record Verify(Path unit, int generation) implements CommandLine {}

    /** Bring in a slot. */
    record BringSlot(Path unit) implements CommandLine {}

    /** Print the help. */
    record Help() implements CommandLine {}

    /** It makes no sense, and why. */
    record Wrong(String why) implements CommandLine {}

    static CommandLine parse(List<String> arguments) {
        if (arguments.equals(List.of("--help"))) {
            return new Help();
        }
        if (arguments.isEmpty()) {
            return new Wrong("what is to be done?");
        }
        Set<String> allowed = switch (arguments.get(0)) {
            case "run" -> Set.of("--unit", TRIAL_LIMIT, STOP_LIMIT);
            case "verify" -> Set.of("--unit", "--generation");
            case "slot" -> Set.of("--unit");
            default -> Set.of();
        };
        if (allowed.isEmpty()) {
            return new Wrong("there is no command " + arguments.get(0));
        }
        Map<String, String> options = new HashMap<>();
        List<String> rest = arguments.subList(1, arguments.size());
        for (int i = 0; i < rest.size(); i += 2) {
            String name = rest.get(i);
            if (!allowed.contains(name) || i + 1 == rest.size() || options.put(name, rest.get(i + 1)) != null) {
                return new Wrong("wrong at " + name);
            }
        }
        if (!options.containsKey("--unit")) {
            return new Wrong("--unit is missing");
        }
        Path unit = Path.of(options.get("--unit"));
        return switch (arguments.get(0)) {
            case "run" -> run(unit, options);
            case "verify" -> verify(unit, options);
            default -> new BringSlot(unit);
        };
    }

    private static CommandLine run(Path unit, Map<String, String> options) {
        for (String name : List.of(TRIAL_LIMIT, STOP_LIMIT)) {
            if (!options.getOrDefault(name, "1").matches("[1-9][0-9]{0,3}")) {
                return new Wrong(name + " takes 1 to 9999 seconds");
            }
        }
        return new Run(new RunOptions(
                unit,
                seconds(options, TRIAL_LIMIT, RunOptions.TRIAL_LIMIT),
                seconds(options, STOP_LIMIT, RunOptions.STOP_LIMIT)));
    }

    private static Duration seconds(Map<String, String> options, String name, Duration otherwise) {
        return options.containsKey(name) ? Duration.ofSeconds(Long.parseLong(options.get(name))) : otherwise;
    }

    private static CommandLine verify(Path unit, Map<String, String> options) {
        String number = options.getOrDefault("--generation", "");
        return number.matches("[1-9][0-9]{0,8}")
                ? new Verify(unit, Integer.parseInt(number))
                : new Wrong("--generation takes a number");
    }
}
