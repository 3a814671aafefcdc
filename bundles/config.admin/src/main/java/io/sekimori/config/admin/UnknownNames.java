package io.sekimori.config.admin;

import io.sekimori.config.ConfigException;
import io.sekimori.config.VersionFacts.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names in a generation's defaults that the bundle they are meant for does not describe: mostly slips of the pen. They are
 * signed and stay in force, since a bundle may know more than it describes; people are told. Thread-safe.
 */
record UnknownNames(History history, Schemas schemas) {

    // What the component runtime itself understands of the configuration of any component.
    private static final Pattern OF_THE_RUNTIME =
            Pattern.compile(".+\\.(target|cardinality\\.minimum)|service\\.(ranking|description)");

    /** Each as PID and name, sorted. */
    List<String> find() throws ConfigException {
        List<String> found = new ArrayList<>();
        for (String pid : history.pids()) {
            Optional<Version> current = history.current(pid)
                    .filter(version -> version.facts().origin() == Origin.GENERATION)
                    .filter(version -> !version.facts().removed());
            Optional<Schema> schema = schemas.of(pid);
            if (current.isPresent() && schema.isPresent()) {
                current.get().values().keySet().stream()
                        .filter(name -> schema.get().attribute(name).isEmpty())
                        .filter(name -> !OF_THE_RUNTIME.matcher(name).matches())
                        .forEach(name -> found.add(pid + " " + name));
            }
        }
        return found;
    }
}
