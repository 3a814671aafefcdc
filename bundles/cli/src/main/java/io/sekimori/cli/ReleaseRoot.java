package io.sekimori.cli;

import io.sekimori.trust.Lifetimes;
import io.sekimori.trust.ReleaseRepository;
import io.sekimori.trust.Role;
import io.sekimori.trust.RoleKeys;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code sekimori release root}: stages the next root. Roles that are not named keep their keys; naming none renews the
 * root before it expires.
 */
@Command(name = "root")
final class ReleaseRoot implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private ReleaseCommand.Place place;

    @Mixin
    private KeyDirectory keys;

    @Option(names = "--root", paramLabel = "KEY", split = ",", descriptionKey = "next.root")
    private List<String> root = List.of();

    @Option(names = "--targets", paramLabel = "KEY", split = ",", descriptionKey = "next.targets")
    private List<String> targets = List.of();

    @Option(names = "--snapshot", paramLabel = "KEY", split = ",", descriptionKey = "next.snapshot")
    private List<String> snapshot = List.of();

    @Option(names = "--timestamp", paramLabel = "KEY", split = ",", descriptionKey = "next.timestamp")
    private List<String> timestamp = List.of();

    @Option(names = "--root-threshold", paramLabel = "N", descriptionKey = "role.rootThreshold")
    private @Nullable Integer rootThreshold;

    @Option(names = "--targets-threshold", paramLabel = "N", descriptionKey = "role.targetsThreshold")
    private @Nullable Integer targetsThreshold;

    ReleaseRoot(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure {
        ReleaseRepository repository = place.open(shell);
        Map<Role, RoleKeys> before = repository.roles();
        Map<Role, RoleKeys> roles = new EnumMap<>(before);
        roles.put(Role.ROOT, RoleKeyNames.next(shell, keys, before.get(Role.ROOT), root, rootThreshold));
        roles.put(Role.TARGETS, RoleKeyNames.next(shell, keys, before.get(Role.TARGETS), targets, targetsThreshold));
        put(roles, Role.SNAPSHOT, snapshot);
        put(roles, Role.TIMESTAMP, timestamp);
        repository.stageRoot(roles, Lifetimes.DEFAULT, shell.clock().instant());
        RoleKeyNames.tellThresholds(shell, before, roles);
        ReleaseCommand.tellStaged(shell, repository);
        return ExitCode.OK.number();
    }

    // A console signs these alone: the least that makes sense.
    private void put(Map<Role, RoleKeys> roles, Role role, List<String> names) throws IOException, Failure {
        if (!names.isEmpty()) {
            roles.put(role, RoleKeyNames.of(shell, keys, names, null));
        }
    }
}
