package io.sekimori.cli;

import io.sekimori.trust.ReleaseRepository;
import io.sekimori.trust.RepositoryFacts;
import io.sekimori.trust.Role;
import io.sekimori.trust.SigningProgress;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** A release repository that no gateway can read yet: what is there, what is missing, which command comes next. */
record Unpublished(Shell shell, ReleaseRepository repository) {

    /** Says what is there, and answers the refusal that says the rest. */
    Failure told() throws IOException {
        RepositoryFacts facts = repository.facts();
        new ReleaseText(shell).tellRoles(repository, facts);
        ReleaseCommand.tellStaged(shell, repository);
        ReleaseCommand.tellExpiry(shell, repository, facts);
        String missing = Arrays.stream(Role.values())
                .filter(role -> !facts.roles().containsKey(role))
                .map(Role::word)
                .collect(Collectors.joining(", "));
        return new Failure(
                        ExitCode.REFUSED, "NOTHING_PUBLISHED", shell.messages().text("release.missing", missing))
                .advising(shell.messages().text(next(repository.staged())));
    }

    private static String next(Map<String, SigningProgress> staged) {
        if (staged.isEmpty()) {
            return "release.next.add";
        }
        return staged.values().stream().allMatch(SigningProgress::complete)
                ? "release.next.publish"
                : "release.next.sign";
    }
}
