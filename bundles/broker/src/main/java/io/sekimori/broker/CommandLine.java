package io.sekimori.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the program was asked to do. */
sealed interface CommandLine {

    String HELP = """
            Usage: --directory DIR
                   mosquitto --directory DIR --into FOLDER [--consoles N]
                   --help

            Runs the broker that DIR/broker.json describes until it is stopped, or writes
            mosquitto.conf and acl with the same rights, for those who run mosquitto instead.
            """;

    /** Run the broker. */
    record Run(Path directory) implements CommandLine {}

    /** Write the files for mosquitto. */
    record Mosquitto(Path directory, Path into, int consoles) implements CommandLine {}

    /** Print the help. */
    record Help() implements CommandLine {}

    /** It makes no sense, and why. */
    record Wrong(String why) implements CommandLine {}

    static CommandLine parse(List<String> arguments) {
        if (arguments.equals(List.of("--help"))) {
            return new Help();
        }
        boolean mosquitto = !arguments.isEmpty() && arguments.get(0).equals("mosquitto");
        Set<String> allowed = mosquitto ? Set.of("--directory", "--into", "--consoles") : Set.of("--directory");
        Map<String, String> options = new HashMap<>();
        List<String> rest = mosquitto ? arguments.subList(1, arguments.size()) : arguments;
        for (int i = 0; i < rest.size(); i += 2) {
            String name = rest.get(i);
            if (!allowed.contains(name) || i + 1 == rest.size() || options.put(name, rest.get(i + 1)) != null) {
                return new Wrong("wrong at " + name);
            }
        }
        if (!options.containsKey("--directory")) {
            return new Wrong("--directory is missing");
        }
        Path directory = Path.of(options.get("--directory"));
        if (!mosquitto) {
            return new Run(directory);
        }
        if (!options.containsKey("--into")) {
            return new Wrong("--into is missing");
        }
        String consoles = options.getOrDefault("--consoles", "4");
        return consoles.matches("[1-9][0-9]?")
                ? new Mosquitto(directory, Path.of(options.get("--into")), Integer.parseInt(consoles))
                : new Wrong("--consoles takes 1 to 99");
    }
}
