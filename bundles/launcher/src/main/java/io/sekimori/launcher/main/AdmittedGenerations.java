package io.sekimori.launcher.main;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What may be installed: the files of the generations that were verified. Thread-safe. */
final class AdmittedGenerations {

    private final int running;
    private final Map<Integer, List<GenerationBundle>> bundles = new ConcurrentHashMap<>();

    AdmittedGenerations(Generation running) {
        this.running = running.number();
        add(running);
    }

    void add(Generation generation) {
        bundles.put(generation.number(), generation.bundles());
    }

    /** The generation this process was started with stays. */
    void remove(int number) {
        if (number != running) {
            bundles.remove(number);
        }
    }

    /** What the admitted generations say of a file, by name; empty if it may not be installed. */
    Collection<GenerationBundle> of(String sha256) {
        Map<String, GenerationBundle> found = new TreeMap<>();
        for (List<GenerationBundle> generation : bundles.values()) {
            for (GenerationBundle bundle : generation) {
                if (bundle.sha256().equals(sha256)) {
                    found.put(bundle.name(), bundle);
                }
            }
        }
        return found.values();
    }
}
