package io.sekimori.example.sensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what Linux says of the machine, where it does. Thread-safe. */
final class Machine {

    private static final Pattern LOAD = Pattern.compile("([0-9]+\\.[0-9]+) .*", Pattern.DOTALL);
    private static final Pattern FREE = Pattern.compile("MemAvailable: +([0-9]{1,18}) kB");
    private static final Pattern TEMPERATURE = Pattern.compile("(-?[0-9]{1,9})\\s*");

    private final Path root;
    private final Clock clock;

    /** @param root of the file system: {@code /} */
    Machine(Path root, Clock clock) {
        this.root = root;
        this.clock = clock;
    }

    Measurement measure() {
        return new Measurement(
                clock.instant(),
                found("proc/loadavg", LOAD).map(Double::valueOf),
                found("proc/meminfo", FREE).map(Long::valueOf),
                found("sys/class/thermal/thermal_zone0/temp", TEMPERATURE).map(Long::valueOf));
    }

    private Optional<String> found(String file, Pattern pattern) {
        try {
            Matcher matcher = pattern.matcher(Files.readString(root.resolve(file)));
            return matcher.lookingAt() || matcher.reset().find() ? Optional.of(matcher.group(1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // not every machine has each of them, and none is needed
        }
    }
}
