package io.sekimori.cli.tuf;

import io.sekimori.cli.BoundedFile;
import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.RootCommand;
import io.sekimori.cli.Shell;
import io.sekimori.trust.TargetFile;
import io.sekimori.trust.TargetFolder;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.TufClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code sekimori tuf}: refreshes and downloads from any TUF repository by the rules of a gateway. Whatever fails while
 * it works ends with {@link ExitCode#REFUSED}, so that programs have two answers to tell apart.
 */
@Command(name = "tuf")
public final class TufCommand implements Runnable {

    private static final int MAX_ROOT_BYTES = 1 << 20;

    private final Shell shell;
    private final Instant start;

    @Spec
    private CommandSpec spec;

    @Option(names = "--metadata-dir", paramLabel = "DIR", required = true, descriptionKey = "tuf.metadata")
    private Path metadata;

    @Option(names = "--metadata-url", paramLabel = "URL", descriptionKey = "tuf.url")
    private @Nullable URI metadataUrl;

    @Option(names = "--target-name", paramLabel = "PATH", descriptionKey = "tuf.target")
    private List<String> targets = List.of();

    @Option(names = "--target-dir", paramLabel = "DIR", descriptionKey = "tuf.targets")
    private @Nullable Path targetDirectory;

    @Option(names = "--target-base-url", paramLabel = "URL", descriptionKey = "tuf.targetUrl")
    private @Nullable URI targetUrl;

    /** The command in this shell; the one look at the clock (5.1). */
    public TufCommand(Shell shell) {
        this.shell = shell;
        this.start = shell.clock().instant();
    }

    @Override
    public void run() {
        RootCommand.needsSubcommand(spec);
    }

    @Command(name = "init")
    int init(@Parameters(paramLabel = "ROOT_FILE", descriptionKey = "tuf.root") Path root) throws IOException, Failure {
        return working(() -> {
            TufClient.init(shell.resolve(metadata), BoundedFile.read(shell.resolve(root), MAX_ROOT_BYTES));
        });
    }

    @Command(name = "refresh")
    int refresh() throws IOException, Failure {
        HttpFiles repository = files("--metadata-url", metadataUrl);
        return working(() -> {
            try (TufClient client = TufClient.open(shell.resolve(metadata), repository, start)) {
                client.refresh();
            }
        });
    }

    @Command(name = "download")
    int download() throws IOException, Failure {
        HttpFiles repository = files("--metadata-url", metadataUrl);
        HttpFiles server = files("--target-base-url", targetUrl);
        TargetFolder folder = new TargetFolder(shell.resolve(required("--target-dir", targetDirectory)));
        required("--target-name", targets.isEmpty() ? null : targets);
        return working(() -> {
            try (TufClient client = TufClient.open(shell.resolve(metadata), repository, start)) {
                client.refresh();
                for (String name : targets) {
                    TargetFile target = client.target(name);
                    boolean fetched = folder.fetch(target, server);
                    shell.tell(fetched ? "tuf.fetched" : "tuf.present", name, target.length());
                }
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private static int working(Work work) throws IOException, Failure {
        try {
            work.run();
            return ExitCode.OK.number();
        } catch (TrustException e) {
            throw e;
        } catch (IOException e) {
            throw new Failure(ExitCode.REFUSED, "TUF_FAILED", e.toString()).because(e);
        }
    }

    private HttpFiles files(String option, @Nullable URI address) {
        URI given = required(option, address);
        String scheme = String.valueOf(given.getScheme());
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new ParameterException(spec.commandLine(), shell.messages().text("tuf.scheme", option));
        }
        return HttpFiles.below(given);
    }

    private <T> T required(String option, @Nullable T given) {
        if (given == null) {
            throw new ParameterException(spec.commandLine(), shell.messages().text("tuf.required", option));
        }
        return given;
    }
}
