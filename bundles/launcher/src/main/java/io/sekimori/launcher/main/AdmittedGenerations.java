package io.sekimori.launcher.main;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import java.util.List;
import java.util.Map;
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

    /** What the admitted generations say of a file; empty if it may not be installed. */
    List<GenerationBundle> of(String sha256) {
        return bundles.values().stream()
                .flatMap(List::stream)
                .filter(bundle -> bundle.sha256().equals(sha256))
                .distinct()
                .toList();
    }
}
