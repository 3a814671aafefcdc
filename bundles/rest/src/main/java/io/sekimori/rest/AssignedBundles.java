package io.sekimori.rest;

import io.sekimori.fleet.RunningBundle;
import io.sekimori.releases.CurrentAssignment;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a gateway was assigned last, to be compared with what it proves.
 *
 * @param version of the assignment
 * @param slot what it is to start with: launcher, framework, Java runtime
 */
record AssignedBundles(long version, Set<RunningBundle> bundles, Set<RunningBundle> slot) {

    AssignedBundles {
        bundles = Set.copyOf(bundles);
        slot = Set.copyOf(slot);
    }

    /**
     * Empty if what was assigned was taken back: then whatever the gateway runs is what it is to run. No bundles if the console's own
     * document cannot be read, so that nothing can be said to be as assigned.
     */
    static Optional<AssignedBundles> of(CurrentAssignment assignment) {
        try {
            JsonObject signed = JsonObject.parse(assignment.document().getBytes(StandardCharsets.UTF_8))
                    .object("signed");
            if (signed.has("assignment") && signed.object("assignment").has("takesBack")) {
                return Optional.empty();
            }
            JsonObject targets = signed.object("targets");
            Set<RunningBundle> bundles = new HashSet<>();
            Set<RunningBundle> slot = new HashSet<>();
            for (String path : targets.names()) {
                JsonObject custom = targets.object(path).object("custom");
                (custom.string("kind").equals("bundle") ? bundles : slot)
                        .add(new RunningBundle(
                                custom.string("symbolicName"),
                                custom.string("version"),
                                targets.object(path).object("hashes").string("sha256")));
            }
            return Optional.of(new AssignedBundles(assignment.version(), bundles, slot));
        } catch (MalformedJson e) {
            return Optional.of(new AssignedBundles(assignment.version(), Set.of(), Set.of()));
        }
    }
}
