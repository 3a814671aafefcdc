package io.sekimori.generation;

import io.sekimori.trust.Assigned;
import io.sekimori.trust.Assignment;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.Kind;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Release;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One immutable, numbered set of software: what a gateway runs. Everything but the number and the instant follows
 * from the assignment and the releases that were accepted, so that it can be derived again from frozen evidence.
 *
 * @param number 1 or greater; grows with each generation of a unit
 * @param created when it was staged, whole seconds
 * @param slot id of the slot with the launcher, framework and Java runtime it starts with
 * @param assignmentVersion the version of the assignment that ordered it
 * @param bundles sorted by start level, then symbolic name; at least one; no symbolic name twice
 * @param configurations PID to values, which are String, Long, Boolean or List of String
 */
public record Generation(
        int number,
        Instant created,
        String slot,
        long assignmentVersion,
        List<GenerationBundle> bundles,
        Map<String, Map<String, Object>> configurations) {

    private static final int MAX_NUMBER = 1_000_000_000;

    private static final Comparator<GenerationBundle> ORDER =
            Comparator.comparingInt(GenerationBundle::startLevel).thenComparing(GenerationBundle::symbolicName);

    /** @throws IllegalArgumentException if a part is out of its range */
    public Generation {
        requireNumber(number);
        created = created.truncatedTo(ChronoUnit.SECONDS);
        Store.requireDigest(slot);
        if (assignmentVersion < 1) {
            throw new IllegalArgumentException("an assignment has a version of 1 or greater");
        }
        bundles = bundles.stream().sorted(ORDER).toList();
        if (bundles.isEmpty()) {
            throw new IllegalArgumentException("a generation has at least one bundle");
        }
        if (bundles.stream().map(GenerationBundle::symbolicName).distinct().count() != bundles.size()) {
            throw new IllegalArgumentException("a symbolic name occurs twice");
        }
        configurations = Configurations.copy(configurations);
    }

    /**
     * What an accepted assignment orders.
     *
     * @param releases of the assignment's items, in the same order, as acceptance and evidence answer them
     * @throws IllegalArgumentException if it cannot be a generation, as one without files for a slot
     */
    public static Generation of(int number, Instant created, Assignment assignment, List<Release> releases) {
        List<GenerationBundle> bundles = new ArrayList<>();
        for (int i = 0; i < releases.size(); i++) {
            Assigned item = assignment.items().get(i);
            if (item.kind() == Kind.BUNDLE) {
                bundles.add(bundle(item, releases.get(i)));
            }
        }
        return new Generation(
                number,
                created,
                SlotFiles.of(assignment).id(),
                assignment.version(),
                bundles,
                assignment.configurations());
    }

    private static GenerationBundle bundle(Assigned item, Release release) {
        return new GenerationBundle(
                release.symbolicName(),
                release.version(),
                release.sha256(),
                release.length(),
                release.counter(),
                item.startLevel(),
                release.swap());
    }

    /** Reads the bytes of {@code generation.json}. */
    public static Generation parse(byte[] utf8) throws MalformedJson {
        return GenerationJson.parse(utf8);
    }

    /** The bytes of {@code generation.json}. */
    public byte[] bytes() {
        return JsonText.bytes(new TreeMap<>(GenerationJson.members(this)));
    }

    static int requireNumber(int number) {
        if (number < 1 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("a generation has a number of 1 to " + MAX_NUMBER);
        }
        return number;
    }
}
