package io.sekimori.cli;

import io.sekimori.trust.ReleaseRepository;
import io.sekimori.trust.SignedDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Signing by several people in several places: what is staged goes out, and signatures come back. */
final class ReleaseSittings {

    private ReleaseSittings() {}

    /** {@code sekimori release export}. */
    @Command(name = "export")
    static final class Export implements Callable<Integer> {

        private final Shell shell;

        @Mixin
        private ReleaseCommand.Place place;

        @Option(names = "--document", paramLabel = "NAME", descriptionKey = "export.document")
        private String document = "targets";

        @Option(names = "--out", paramLabel = "FILE", required = true, descriptionKey = "export.document.out")
        private Path out;

        Export(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() throws IOException {
            Path file = shell.resolve(out);
            Files.write(file, place.open(shell).export(document));
            shell.tell("export.document.done", document, file);
            return ExitCode.OK.number();
        }
    }

    /** {@code sekimori release join}. */
    @Command(name = "join")
    static final class Join implements Callable<Integer> {

        private final Shell shell;

        @Mixin
        private ReleaseCommand.Place place;

        @Parameters(paramLabel = "FILE", arity = "1..*", descriptionKey = "join.files")
        private List<Path> files;

        Join(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() throws IOException {
            ReleaseRepository repository = place.open(shell);
            for (Path file : files) {
                if (files.size() > 1) {
                    shell.note(shell.messages().text("join.file", file));
                }
                byte[] bytes = new ExportedFile(shell, file).bytes();
                if (SignedDocument.read(bytes).type().equals(ReleasePermit.TYPE)) {
                    repository.permit(bytes, shell.clock().instant());
                    shell.tell("permit.joined", file);
                } else {
                    shell.tell("join.done", file, repository.join(bytes));
                }
            }
            ReleaseCommand.tellStaged(shell, repository);
            return ExitCode.OK.number();
        }
    }
}
