package io.sekimori.update.engine;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import io.sekimori.launcher.Rehearsed;
import io.sekimori.launcher.Wiring;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which bundles have to be resolved anew so that what runs after a swap is wired as a cold start would wire it.
 *
 * @param rewired symbolic names of bundles that stay, each with the reason
 * @param needsNewProcess why resolving anew is not enough; empty if it is
 */
record Rewiring(Map<String, String> rewired, Optional<String> needsNewProcess) {

    static final Rewiring NONE = new Rewiring(Map.of(), Optional.empty());

    Rewiring {
        rewired = Map.copyOf(rewired);
    }

    /** Compares what an update in the running framework gives with what a cold start gives. */
    static Rewiring of(Rehearsed.Resolved rehearsed, Generation from, Generation to) {
        Set<String> running =
                from.bundles().stream().map(GenerationBundle::sha256).collect(Collectors.toSet());
        Map<String, String> rewired = new TreeMap<>();
        Optional<String> newProcess = Optional.empty();
        for (GenerationBundle bundle : to.bundles()) {
            boolean stays = running.contains(bundle.sha256());
            if (stays && rehearsed.pendingRefresh().contains(bundle.name())) {
                rewired.put(bundle.symbolicName(), "uses classes of a bundle that goes away");
            } else if (!wires(rehearsed.hot(), bundle).equals(wires(rehearsed.cold(), bundle))) {
                if (stays) {
                    rewired.put(bundle.symbolicName(), "would get its packages from elsewhere at the next start");
                } else {
                    newProcess = Optional.of(bundle.name() + " is wired otherwise than by a cold start");
                }
            }
        }
        addUsers(rewired, rehearsed.hot(), to);
        rewired.keySet().removeIf(name -> !stays(name, to, running));
        return new Rewiring(rewired, newProcess);
    }

    private static boolean stays(String name, Generation to, Set<String> running) {
        return to.bundles().stream()
                .anyMatch(bundle -> bundle.symbolicName().equals(name) && running.contains(bundle.sha256()));
    }

    // A refresh takes every bundle along that is wired, directly or not, to one that is refreshed.
    private static void addUsers(Map<String, String> rewired, Wiring wiring, Generation to) {
        boolean more = !rewired.isEmpty();
        while (more) {
            more = false;
            for (GenerationBundle bundle : to.bundles()) {
                Optional<String> provider = wires(wiring, bundle).stream()
                        .map(Rewiring::provider)
                        .filter(rewired::containsKey)
                        .findFirst();
                if (provider.isPresent() && !provider.get().equals(bundle.symbolicName())) {
                    more |= rewired.putIfAbsent(bundle.symbolicName(), "is wired to " + provider.get()) == null;
                }
            }
        }
    }

    private static List<String> wires(Wiring wiring, GenerationBundle bundle) {
        return wiring.wires().getOrDefault(bundle.name(), List.of());
    }

    private static String provider(String line) {
        String provider = line.substring(line.lastIndexOf(" -> ") + 4);
        int slash = provider.lastIndexOf('/');
        return slash < 0 ? provider : provider.substring(0, slash);
    }
}
