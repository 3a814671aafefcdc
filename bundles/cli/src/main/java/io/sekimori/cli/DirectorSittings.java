package io.sekimori.cli;

import io.sekimori.trust.DirectorRepository;
import io.sekimori.trust.SigningProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Signing the director's next root by several people in several places. Nothing but their signatures is needed, so it is
 * published with the last of them.
 */
final class DirectorSittings {

    private DirectorSittings() {}

    /** {@code sekimori director export}. */
    @Command(name = "export")
    static final class Export implements Callable<Integer> {

        private final Shell shell;

        @Mixin
        private DirectorCommand.Place place;

        @Option(names = "--out", paramLabel = "FILE", required = true, descriptionKey = "export.document.out")
        private Path out;

        Export(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() throws IOException {
            Path file = shell.resolve(out);
            Files.write(file, place.open(shell).exportRoot());
            shell.tell("director.exported", file);
            return ExitCode.OK.number();
        }
    }

    /** {@code sekimori director sign}: what is staged here, or a file on a machine that has the key and not the director. */
    @Command(name = "sign")
    static final class Sign implements Callable<Integer> {

        private final Shell shell;

        @ArgGroup(multiplicity = "1")
        private What what;

        @Mixin
        private KeyDirectory keys;

        @Mixin
        private KeyDirectory.Chosen chosen;

        Sign(Shell shell) {
            this.shell = shell;
        }

        /** Either of the two. */
        static final class What {

            @Option(names = "--director", paramLabel = "DIR", descriptionKey = "director")
            private @Nullable Path director;

            @Option(names = "--file", paramLabel = "FILE", descriptionKey = "director.signFile")
            private @Nullable Path file;
        }

        @Override
        public Integer call() throws IOException, Failure {
            if (what.file != null) {
                new ExportedFile(shell, what.file).sign(keys, chosen);
                return ExitCode.OK.number();
            }
            DirectorRepository director = DirectorRepository.open(shell.resolve(what.director));
            director.signRoot(keys.signers(shell, chosen.names()));
            publish(shell, director);
            return ExitCode.OK.number();
        }
    }

    /** {@code sekimori director join}. */
    @Command(name = "join")
    static final class Join implements Callable<Integer> {

        private final Shell shell;

        @Mixin
        private DirectorCommand.Place place;

        @Parameters(paramLabel = "FILE", arity = "1..*", descriptionKey = "join.files")
        private List<Path> files;

        Join(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() throws IOException {
            DirectorRepository director = place.open(shell);
            for (Path file : files) {
                if (files.size() > 1) {
                    shell.note(shell.messages().text("join.file", file));
                }
                director.joinRoot(new ExportedFile(shell, file).bytes());
                shell.tell("join.done", file, "root");
            }
            publish(shell, director);
            return ExitCode.OK.number();
        }
    }

    /** Says how many of its keys have signed the staged root, if there is one. */
    static void tellStaged(Shell shell, DirectorRepository director) throws IOException {
        director.stagedRoot()
                .ifPresent(progress -> shell.tell("release.staged", "root", progress.signed(), progress.needed()));
    }

    private static void publish(Shell shell, DirectorRepository director) throws IOException {
        Optional<SigningProgress> progress = director.stagedRoot();
        if (progress.isEmpty() || !progress.get().complete()) {
            tellStaged(shell, director);
            return;
        }
        director.publishRoot(shell.clock().instant());
        shell.tell(
                "director.rootPublished",
                director.root().version(),
                director.root().expires());
    }
}
