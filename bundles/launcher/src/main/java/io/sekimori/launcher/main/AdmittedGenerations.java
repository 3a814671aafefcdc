package io.sekimori.launcher.main;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The digests that may be installed: those of the generations that were verified. Thread-safe. */
final class AdmittedGenerations {

    private final int running;
    private final Map<Integer, Set<String>> digests = new ConcurrentHashMap<>();

    AdmittedGenerations(Generation running) {
        this.running = running.number();
        add(running);
    }

    void add(Generation generation) {
        digests.put(
                generation.number(),
                generation.bundles().stream().map(GenerationBundle::sha256).collect(Collectors.toUnmodifiableSet()));
    }

    /** The generation this process was started with stays. */
    void remove(int number) {
        if (number != running) {
            digests.remove(number);
        }
    }

    boolean contains(String sha256) {
        return digests.values().stream().anyMatch(each -> each.contains(sha256));
    }
}
