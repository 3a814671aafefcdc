package io.sekimori.cli;

import io.sekimori.trust.Coverage;
import io.sekimori.trust.Lifetimes;
import io.sekimori.trust.ReleaseRepository;
import io.sekimori.trust.RoleKeys;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Handing names on to other publishers, and taking them back. */
final class ReleasePublishers {

    private ReleasePublishers() {}

    /** {@code sekimori release delegate}. */
    @Command(name = "delegate")
    static final class Delegate implements Callable<Integer> {

        private final Shell shell;

        @Mixin
        private ReleaseCommand.Place place;

        @Mixin
        private KeyDirectory keys;

        @Option(names = "--role", paramLabel = "ROLE", required = true, descriptionKey = "delegate.role")
        private String role;

        @Option(names = "--name", paramLabel = "PATTERN", required = true, descriptionKey = "delegate.name")
        private List<String> patterns;

        @Option(names = "--key", paramLabel = "KEY", split = ",", required = true, descriptionKey = "delegate.key")
        private List<String> publishers;

        @Option(names = "--threshold", paramLabel = "N", descriptionKey = "delegate.threshold")
        private @Nullable Integer threshold;

        @Option(names = "--wide", descriptionKey = "delegate.wide")
        private boolean wide;

        Delegate(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() throws IOException, Failure {
            ReleaseRepository repository = place.open(shell);
            RoleKeys trusted = RoleKeyNames.of(shell, keys, publishers, threshold);
            Coverage coverage = repository.coverage(role, patterns);
            warn(coverage);
            if (coverage.wide() && !wide) {
                throw new Failure(ExitCode.REFUSED, "DELEGATION_WIDE", role);
            }
            repository.delegate(
                    role, patterns, trusted, Lifetimes.DEFAULT, shell.clock().instant());
            ReleaseCommand.tellStaged(shell, repository);
            return ExitCode.OK.number();
        }

        private void warn(Coverage coverage) {
            Messages messages = shell.messages();
            shell.tell("delegate.covers", String.join(" ", patterns), coverage.covered(), coverage.releases());
            if (coverage.gateway()) {
                shell.note(messages.text("delegate.gateway", role));
            }
            if (!coverage.before().isEmpty()) {
                shell.note(messages.text("delegate.before", String.join(" ", coverage.before()), role));
            }
            if (!coverage.behind().isEmpty()) {
                shell.note(messages.text("delegate.behind", String.join(" ", coverage.behind()), role));
            }
        }
    }

    /** {@code sekimori release revoke}. */
    @Command(name = "revoke")
    static final class Revoke implements Callable<Integer> {

        private final Shell shell;

        @Mixin
        private ReleaseCommand.Place place;

        @Option(names = "--role", paramLabel = "ROLE", required = true, descriptionKey = "revoke.role")
        private String role;

        Revoke(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() throws IOException {
            ReleaseRepository repository = place.open(shell);
            repository.revoke(role, Lifetimes.DEFAULT, shell.clock().instant());
            ReleaseCommand.tellStaged(shell, repository);
            return ExitCode.OK.number();
        }
    }
}
