package io.sekimori.cli;

import io.sekimori.trust.Lifetimes;
import io.sekimori.trust.ReleaseRepository;
import io.sekimori.trust.Signer;
import io.sekimori.trust.SigningProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code sekimori release sign}: signs what is staged in a repository and publishes what enough keys have signed; or
 * signs a file that was exported from one, on a machine that has the key and not the repository.
 */
@Command(name = "sign")
final class ReleaseSign implements Callable<Integer> {

    private final Shell shell;

    @ArgGroup(multiplicity = "1")
    private What what;

    @Mixin
    private KeyDirectory keys;

    @Mixin
    private KeyDirectory.Chosen chosen;

    ReleaseSign(Shell shell) {
        this.shell = shell;
    }

    /** Either of the two. */
    static final class What {

        @Option(names = "--repository", paramLabel = "DIR", descriptionKey = "repository")
        private @Nullable Path repository;

        @Option(names = "--file", paramLabel = "FILE", descriptionKey = "sign.file")
        private @Nullable Path file;
    }

    @Override
    public Integer call() throws IOException, Failure {
        if (what.file != null) {
            new ExportedFile(shell, what.file).sign(keys, chosen);
        } else {
            sign(ReleaseRepository.open(shell.resolve(what.repository)));
        }
        return ExitCode.OK.number();
    }

    private void sign(ReleaseRepository repository) throws IOException, Failure {
        List<Signer> signers = keys.signers(shell, chosen.names());
        repository.sign(signers);
        Map<String, SigningProgress> staged = repository.staged();
        if (staged.values().stream().noneMatch(SigningProgress::complete)) {
            ReleaseCommand.tellStaged(shell, repository);
            shell.tell("release.moreSignatures");
            return;
        }
        repository.publish(signers, Lifetimes.DEFAULT, shell.clock().instant());
        shell.tell("release.published", repository.facts().releases().size());
        ReleaseCommand.tellStaged(shell, repository);
    }
}
