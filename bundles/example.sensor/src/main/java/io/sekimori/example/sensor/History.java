package io.sekimori.example.sensor;

import io.sekimori.vault.Vault;
import io.sekimori.vault.VaultException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The last measurements, kept in the vault as lines of text. What could not be kept stays in memory and is kept with the
 * next one. Thread-safe.
 */
final class History {

    static final String NAME = "last-measurements";

    /** What waits for a vault at most. */
    private static final int MOST_WAITING = 1_000;

    private final List<Measurement> waiting = new ArrayList<>();

    /** Adds one, and forgets all but the newest. */
    synchronized void add(Measurement measurement, Optional<Vault> vault, int kept) throws VaultException {
        waiting.add(measurement);
        if (waiting.size() > MOST_WAITING) {
            waiting.remove(0);
        }
        if (vault.isPresent()) {
            List<Measurement> all = read(vault.get());
            all.addAll(waiting);
            all.sort(Comparator.comparing(Measurement::at));
            List<String> lines = all.subList(Math.max(0, all.size() - kept), all.size()).stream()
                    .map(Measurement::line)
                    .toList();
            vault.get().put(NAME, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
            waiting.clear();
        }
    }

    /** How many are not kept yet. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** What is kept; a line that is none of ours is left out. */
    static List<Measurement> read(Vault vault) throws VaultException {
        List<Measurement> found = new ArrayList<>();
        Optional<byte[]> kept = vault.get(NAME);
        if (kept.isPresent()) {
            new String(kept.get(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> Measurement.parse(line).ifPresent(found::add));
        }
        return found;
    }
}
