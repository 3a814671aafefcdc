package io.sekimori.cli;

import io.sekimori.trust.DirectorRepository;
import io.sekimori.trust.Lifetimes;
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
 * {@code sekimori director root}: stages the director's next root. Roles that are not named keep their keys; naming none
 * renews the root before it expires.
 */
@Command(name = "root")
final class DirectorRoot implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private DirectorCommand.Place place;

    @Mixin
    private KeyDirectory keys;

    @Option(names = "--root", paramLabel = "KEY", split = ",", descriptionKey = "next.root")
    private List<String> root = List.of();

    @Option(names = "--targets", paramLabel = "KEY", split = ",", descriptionKey = "next.directorTargets")
    private List<String> targets = List.of();

    @Option(names = "--root-threshold", paramLabel = "N", descriptionKey = "role.rootThreshold")
    private @Nullable Integer rootThreshold;

    @Option(names = "--targets-threshold", paramLabel = "N", descriptionKey = "role.targetsThreshold")
    private @Nullable Integer targetsThreshold;

    DirectorRoot(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure {
        DirectorRepository director = place.open(shell);
        Map<Role, RoleKeys> before = director.roles();
        Map<Role, RoleKeys> roles = new EnumMap<>(before);
        roles.put(Role.ROOT, RoleKeyNames.next(shell, keys, before.get(Role.ROOT), root, rootThreshold));
        roles.put(Role.TARGETS, RoleKeyNames.next(shell, keys, before.get(Role.TARGETS), targets, targetsThreshold));
        director.stageRoot(roles, Lifetimes.DEFAULT, shell.clock().instant());
        RoleKeyNames.tellThresholds(shell, before, roles);
        DirectorSittings.tellStaged(shell, director);
        return ExitCode.OK.number();
    }
}
