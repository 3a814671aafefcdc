package io.sekimori.cli;

import io.sekimori.trust.Role;
import io.sekimori.trust.RoleKeys;
import io.sekimori.trust.TufKey;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which key of the directory speaks for which role of a new repository, and how many must agree. */
final class RoleKeyNames {

    @Option(names = "--root", paramLabel = "KEY", split = ",", descriptionKey = "role.root")
    private List<String> root = List.of("root");

    @Option(names = "--targets", paramLabel = "KEY", split = ",", descriptionKey = "role.targets")
    private List<String> targets = List.of("targets");

    @Option(names = "--root-threshold", paramLabel = "N", descriptionKey = "role.rootThreshold")
    private int rootThreshold = 1;

    @Option(names = "--targets-threshold", paramLabel = "N", descriptionKey = "role.targetsThreshold")
    private int targetsThreshold = 1;

    /** The two roles that only a release repository has. */
    static final class Freshness {

        @Option(names = "--snapshot", paramLabel = "KEY", split = ",", descriptionKey = "role.snapshot")
        private List<String> snapshot = List.of("snapshot");

        @Option(names = "--timestamp", paramLabel = "KEY", split = ",", descriptionKey = "role.timestamp")
        private List<String> timestamp = List.of("timestamp");
    }

    /** The four roles of a release repository. */
    Map<Role, RoleKeys> release(Shell shell, KeyDirectory keys, Freshness freshness) throws IOException, Failure {
        Map<Role, RoleKeys> roles = director(shell, keys);
        roles.put(Role.SNAPSHOT, of(shell, keys, freshness.snapshot, 1));
        roles.put(Role.TIMESTAMP, of(shell, keys, freshness.timestamp, 1));
        return roles;
    }

    /** The two roles of a director. */
    Map<Role, RoleKeys> director(Shell shell, KeyDirectory keys) throws IOException, Failure {
        Map<Role, RoleKeys> roles = new EnumMap<>(Role.class);
        roles.put(Role.ROOT, of(shell, keys, root, rootThreshold));
        roles.put(Role.TARGETS, of(shell, keys, targets, targetsThreshold));
        return roles;
    }

    /** The names of the keys that sign the root. */
    List<String> rootKeys() {
        return root;
    }

    /** The public halves of these keys. */
    static RoleKeys of(Shell shell, KeyDirectory keys, List<String> names, int threshold) throws IOException, Failure {
        if (threshold < 1 || threshold > names.size()) {
            throw new Failure(ExitCode.USAGE, "THRESHOLD", threshold, names.size());
        }
        TufKey[] open = new TufKey[names.size()];
        for (int i = 0; i < open.length; i++) {
            open[i] = keys.publicKey(shell, names.get(i));
        }
        return RoleKeys.of(threshold, open);
    }
}
