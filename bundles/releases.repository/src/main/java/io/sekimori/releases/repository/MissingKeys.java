package io.sekimori.releases.repository;

import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.Role;
import io.sekimori.trust.RoleKeys;
import io.sekimori.trust.Signer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which console lacks which online keys where a root demands them. Each console says in the records which keys it has, once an
 * hour and when they change; one that has said nothing for three hours is not spoken of. Thread-safe.
 */
final class MissingKeys {

    private static final Duration SAID_EVERY = Duration.ofHours(1);
    private static final Duration SPOKEN_OF = Duration.ofHours(3);
    private static final Duration FORGOTTEN = Duration.ofDays(30);
    private static final int SHOWN_OF_ID = 16;
    private static final int MOST_NAME = 100;
    private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

    private final Repositories repositories;
    private final Supplier<Settings> settings;
    private final Clock clock;

    MissingKeys(Repositories repositories, Supplier<Settings> settings, Clock clock) {
        this.repositories = repositories;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What is missing: a line for each role.
     *
     * @param here of this console
     * @param elsewhere of the others on the same records, each with its name
     */
    record Found(List<String> here, List<String> elsewhere) {
        Found {
            here = List.copyOf(here);
            elsewhere = List.copyOf(elsewhere);
        }
    }

    /** What a role demands, and by which root. */
    private record Demand(RoleKeys keys, long root) {

        Optional<String> lacking(String role, Set<String> has) {
            List<String> missing = keys.keys().keySet().stream()
                    .filter(id -> !has.contains(id))
                    .map(id -> id.substring(0, SHOWN_OF_ID))
                    .sorted()
                    .toList();
            long present = keys.keys().size() - missing.size();
            return present >= keys.threshold()
                    ? Optional.empty()
                    : Optional.of(role + " needs " + (keys.threshold() - present) + " more of the keys " + missing
                            + ", by root " + root);
        }
    }

    private record Known(Map<String, Demand> demands, Map<String, ConsoleRow> consoles) {}

    Found found() throws RefusedException, ReleasesException, IOException {
        Place place = settings.get().place();
        Set<String> has = place.keys().stream()
                .map(Signer::publicKey)
                .map(key -> key.keyId())
                .collect(Collectors.toSet());
        String id = id(place);
        Instant now = clock.instant();
        Known known = repositories.read((open, connection) -> new Known(
                new TreeMap<>(Map.of(
                        "snapshot", releases(open, Role.SNAPSHOT),
                        "timestamp", releases(open, Role.TIMESTAMP),
                        "director",
                                new Demand(
                                        open.director().keys(),
                                        open.director().root().version()))),
                ConsoleRow.all(connection)));
        say(new ConsoleRow(id, name(id), has, now), known.consoles().get(id));
        List<String> elsewhere = new ArrayList<>();
        for (ConsoleRow console : known.consoles().values()) {
            if (!console.id().equals(id) && console.seen().isAfter(now.minus(SPOKEN_OF))) {
                lines(known.demands(), console.keys())
                        .forEach(line -> elsewhere.add("console " + console.name() + ": " + line));
            }
        }
        return new Found(lines(known.demands(), has), elsewhere);
    }

    private static Demand releases(Repositories.Open open, Role role) throws IOException {
        return new Demand(
                open.releases().keys(role),
                open.releases().facts().roles().get(Role.ROOT).version());
    }

    private static List<String> lines(Map<String, Demand> demands, Set<String> has) {
        List<String> lines = new ArrayList<>();
        demands.forEach((role, demand) -> demand.lacking(role, has).ifPresent(lines::add));
        return lines;
    }

    private void say(ConsoleRow own, @Nullable ConsoleRow said) throws RefusedException, ReleasesException {
        boolean known = said != null
                && said.keys().equals(own.keys())
                && said.name().equals(own.name())
                && !said.seen().isAfter(own.seen())
                && own.seen().isBefore(said.seen().plus(SAID_EVERY));
        if (!known) {
            repositories.write((open, connection) -> {
                own.write(connection, own.seen().minus(FORGOTTEN));
                return true;
            });
        }
    }

    // A copy of the folder, as after a restore, is the same console.
    private static String id(Place place) throws IOException {
        Path file = place.folder().resolve("console.id");
        Optional<byte[]> kept = DurableFile.read(file, SHOWN_OF_ID * 4);
        String text =
                kept.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
        if (text.matches("[0-9a-f-]{36}")) {
            return text;
        }
        String made = UUID.randomUUID().toString();
        Files.createDirectories(place.folder());
        DurableFile.write(file, made.getBytes(StandardCharsets.UTF_8));
        return made;
    }

    private static String name(String id) {
        try {
            String host = Files.readString(HOST).strip().replaceAll("[^A-Za-z0-9._-]", "?");
            String cut = host.length() > MOST_NAME / 2 ? host.substring(0, MOST_NAME / 2) : host;
            return cut + " (" + id.substring(0, 8) + ")";
        } catch (IOException e) {
            return id;
        }
    }
}
