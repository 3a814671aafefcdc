package io.sekimori.cli;

import io.sekimori.trust.Role;
import io.sekimori.trust.RoleKeys;
import io.sekimori.trust.Signer;
import io.sekimori.trust.TufKey;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which key of the directory speaks for which role of a new repository, and how many must agree. */
final class RoleKeyNames {

    @Option(names = "--root", paramLabel = "KEY", split = ",", descriptionKey = "role.root")
    private List<String> root = List.of("root");

    @Option(names = "--targets", paramLabel = "KEY", split = ",", descriptionKey = "role.targets")
    private List<String> targets = List.of("targets");

    @Option(names = "--root-threshold", paramLabel = "N", descriptionKey = "role.rootThreshold")
    private @Nullable Integer rootThreshold;

    @Option(names = "--targets-threshold", paramLabel = "N", descriptionKey = "role.targetsThreshold")
    private @Nullable Integer targetsThreshold;

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
        roles.put(Role.SNAPSHOT, of(shell, keys, freshness.snapshot, null));
        roles.put(Role.TIMESTAMP, of(shell, keys, freshness.timestamp, null));
        return roles;
    }

    /** The two roles of a director. */
    Map<Role, RoleKeys> director(Shell shell, KeyDirectory keys) throws IOException, Failure {
        Map<Role, RoleKeys> roles = new EnumMap<>(Role.class);
        roles.put(Role.ROOT, of(shell, keys, root, rootThreshold));
        roles.put(Role.TARGETS, of(shell, keys, targets, targetsThreshold));
        return roles;
    }

    /**
     * Opens the keys that sign the first root: all whose private halves are here, as long as they are enough. The others
     * sign the next ones, in sittings.
     *
     * @throws Failure {@code KEYS_ELSEWHERE} if they are not enough
     */
    List<Signer> rootSigners(Shell shell, KeyDirectory keys) throws IOException, Failure {
        List<String> here = new ArrayList<>();
        for (String name : root) {
            if (Files.exists(keys.file(shell, name))) {
                here.add(name);
            }
        }
        long needed = of(shell, keys, root, rootThreshold).threshold();
        if (here.size() < needed) {
            throw new Failure(ExitCode.REFUSED, "KEYS_ELSEWHERE", here.size(), needed, keys.path(shell));
        }
        return keys.signers(shell, here);
    }

    /**
     * The public halves of these keys.
     *
     * @param threshold null for the least that makes sense of them
     * @throws Failure {@code THRESHOLD}; {@code HYBRID_THRESHOLD} if one kind of key would be enough beside another,
     *                 which protects from nothing
     */
    static RoleKeys of(Shell shell, KeyDirectory keys, List<String> names, @Nullable Integer threshold)
            throws IOException, Failure {
        TufKey[] open = new TufKey[names.size()];
        for (int i = 0; i < open.length; i++) {
            open[i] = keys.publicKey(shell, names.get(i));
        }
        return agreeing(List.of(open), threshold == null ? RoleKeys.leastThreshold(List.of(open)) : threshold);
    }

    /**
     * The keys of a role in the next root. How many must agree does not fall unless somebody says so.
     *
     * @param names empty for those it has
     * @param threshold null for what it is, or more if that is the least that makes sense of the keys
     * @throws Failure as {@link #of}
     */
    static RoleKeys next(
            Shell shell, KeyDirectory keys, RoleKeys present, List<String> names, @Nullable Integer threshold)
            throws IOException, Failure {
        if (names.isEmpty() && threshold == null) {
            return present;
        }
        Collection<TufKey> named = present.keys().values();
        if (!names.isEmpty()) {
            named = of(shell, keys, names, null).keys().values();
        }
        long unsaid = Math.max(RoleKeys.leastThreshold(named), present.threshold());
        return agreeing(named, threshold == null ? unsaid : threshold);
    }

    /** Says of which roles more or fewer keys must agree from now on. */
    static void tellThresholds(Shell shell, Map<Role, RoleKeys> before, Map<Role, RoleKeys> next) {
        before.forEach((role, keys) -> {
            if (next.get(role).threshold() != keys.threshold()) {
                shell.tell(
                        "root.threshold",
                        role.word(),
                        keys.threshold(),
                        next.get(role).threshold());
            }
        });
    }

    private static RoleKeys agreeing(Collection<TufKey> keys, long wanted) throws Failure {
        int least = RoleKeys.leastThreshold(keys);
        if (wanted < 1 || wanted > keys.size()) {
            throw new Failure(ExitCode.USAGE, "THRESHOLD", wanted, keys.size());
        }
        if (wanted < least) {
            throw new Failure(ExitCode.USAGE, "HYBRID_THRESHOLD", wanted, least);
        }
        return RoleKeys.of(wanted, keys.toArray(TufKey[]::new));
    }
}
