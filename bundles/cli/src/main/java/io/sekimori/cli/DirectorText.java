package io.sekimori.cli;

import io.sekimori.trust.DirectorRepository;
import io.sekimori.trust.RepositoryFacts.Signed;
import io.sekimori.trust.Role;
import io.sekimori.trust.RoleKeys;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A director's newest root in words, and as {@code --json} shows it. */
record DirectorText(Shell shell) {

    void tell(DirectorRepository director) throws IOException {
        Signed root = director.root();
        Map<Role, RoleKeys> roles = director.roles();
        shell.tell("release.role", Role.ROOT.word(), root.version(), root.expires());
        roles.forEach((role, keys) -> shell.tell(
                "director.role",
                role.word(),
                keys.threshold(),
                String.join(" ", new TreeSet<>(keys.keys().keySet()))));
        new ReleaseText(shell).tellHybrid(roles, "director root");
        DirectorSittings.tellStaged(shell, director);
        if (root.expires().isBefore(shell.clock().instant().plus(ReleaseCommand.NOTICE))) {
            shell.tell("release.expiresSoon", Role.ROOT.word(), root.expires(), "director root");
        }
    }

    static Map<String, Object> document(DirectorRepository director) throws IOException {
        Map<String, Object> roles = new TreeMap<>();
        Signed root = director.root();
        director.roles().forEach((role, keys) -> {
            Map<String, Object> document = new TreeMap<>(ReleaseText.keys(keys));
            if (role == Role.ROOT) {
                document.putAll(ReleaseText.signed(root));
            }
            roles.put(role.word(), document);
        });
        return Map.of("roles", roles);
    }
}
