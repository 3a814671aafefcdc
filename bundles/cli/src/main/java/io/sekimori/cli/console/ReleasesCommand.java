package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.JsonOption;
import io.sekimori.cli.RootCommand;
import io.sekimori.cli.Shell;
import io.sekimori.trust.DirectorRepository;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Publisher;
import io.sekimori.trust.Release;
import io.sekimori.trust.ReleaseRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sekimori releases}: what a console may choose from. */
@Command(name = "releases")
public final class ReleasesCommand implements Runnable {

    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final String BYTES = "application/octet-stream";
    private static final String TARGETS = "[0-9]+\\.targets\\.json";

    private final Shell shell;

    @Spec
    private CommandSpec spec;

    /** The command in this shell. */
    public ReleasesCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        RootCommand.needsSubcommand(spec);
    }

    @Command(name = "list")
    int list(@Mixin JsonOption json) throws IOException, Failure, MalformedJson {
        List<JsonObject> releases = there(ConsoleClient.signedIn(shell));
        if (json.wanted()) {
            shell.json(
                    Map.of("releases", releases.stream().map(JsonObject::asMap).toList()));
            return ExitCode.OK.number();
        }
        if (releases.isEmpty()) {
            shell.tell("releases.none");
        }
        for (JsonObject release : releases) {
            shell.say(String.format(
                    "%-6s  %-44s %-18s %5d  %-8s %s",
                    release.string("kind"),
                    release.string("symbolicName"),
                    release.string("version"),
                    release.number("counter"),
                    release.string("swap"),
                    release.string("sha256").substring(0, 12)));
        }
        return ExitCode.OK.number();
    }

    /** Either or both. */
    static final class Origin {

        @Option(names = "--repository", paramLabel = "DIR", descriptionKey = "repository")
        private @Nullable Path repository;

        @Option(names = "--director", paramLabel = "DIR", descriptionKey = "releases.director")
        private @Nullable Path director;
    }

    /**
     * The director's new roots; new roots of the repository, then files that the console lacks, then the targets metadata
     * that names them, then each publisher's; last the timestamp, above which the console signs.
     */
    @Command(name = "import")
    int bring(
            @ArgGroup(exclusive = false, multiplicity = "1") Origin origin,
            @Option(names = "--again", descriptionKey = "releases.again") boolean again)
            throws IOException, Failure, MalformedJson {
        ConsoleClient console = ConsoleClient.signedIn(shell);
        if (origin.director != null) {
            DirectorRepository director = DirectorRepository.open(shell.resolve(origin.director));
            boolean changed = roots(console, "/v1/director/roots", director.roots());
            shell.tell(
                    changed ? "releases.rootImported" : "releases.rootKnown",
                    director.root().version());
        }
        if (origin.repository != null) {
            bring(console, origin.repository, again);
        }
        return ExitCode.OK.number();
    }

    private void bring(ConsoleClient console, Path directory, boolean again)
            throws IOException, Failure, MalformedJson {
        ReleaseRepository repository = ReleaseRepository.open(shell.resolve(directory));
        Map<String, byte[]> metadata = repository.files();
        byte[] targets = metadata.entrySet().stream()
                .filter(file -> file.getKey().matches(TARGETS))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new Failure(ExitCode.REFUSED, "NOTHING_SIGNED", directory));
        boolean changed = roots(console, "/v1/releases/roots", metadata);
        int files = files(console, repository, again ? List.of() : there(console));
        changed |= send(console, "/v1/releases/targets", targets);
        for (Publisher publisher : repository.publishers()) {
            if (publisher.published().isPresent()) {
                String file = publisher.published().get().version() + "." + publisher.role() + ".json";
                changed |= send(console, "/v1/releases/targets/" + publisher.role(), metadata.get(file));
            }
        }
        for (byte[] permit : repository.permits()) {
            changed |= send(console, "/v1/releases/permits", permit);
        }
        Optional<byte[]> timestamp = repository.timestamp();
        if (timestamp.isPresent() && send(console, "/v1/releases/timestamps", timestamp.get())) {
            shell.note(shell.messages().text("releases.overtaken"));
        }
        shell.progress("");
        shell.tell(changed ? "releases.imported" : "releases.known", files);
    }

    /** The first one came with the set-up of the console. */
    private static boolean roots(ConsoleClient console, String path, Map<String, byte[]> metadata)
            throws IOException, Failure, MalformedJson {
        boolean changed = false;
        for (int version = 2; metadata.containsKey(version + ".root.json"); version++) {
            changed |= send(console, path, metadata.get(version + ".root.json"));
        }
        return changed;
    }

    private int files(ConsoleClient console, ReleaseRepository repository, List<JsonObject> known)
            throws IOException, Failure, MalformedJson {
        Set<String> there = known.stream()
                .map(release -> {
                    try {
                        return release.string("sha256");
                    } catch (MalformedJson e) {
                        return "";
                    }
                })
                .collect(Collectors.toSet());
        Map<String, Release> wanted = repository.facts().releases().stream()
                .filter(release -> !there.contains(release.sha256()))
                .collect(Collectors.toMap(Release::sha256, release -> release, (first, second) -> first));
        int done = 0;
        for (Release release : wanted.values()) {
            done++;
            shell.progress(done + "/" + wanted.size() + "  " + release.path());
            BodyPublisher body = BodyPublishers.ofInputStream(() -> {
                try {
                    return repository.targets().open(release);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            console.put("/v1/releases/files/" + release.sha256(), BYTES, body, PATIENCE);
        }
        return wanted.size();
    }

    private static List<JsonObject> there(ConsoleClient console) throws IOException, Failure, MalformedJson {
        return Groups.all(console, "/v1/releases", Map.of(), Integer.MAX_VALUE);
    }

    private static boolean send(ConsoleClient console, String path, byte[] bytes)
            throws IOException, Failure, MalformedJson {
        return console.post(path, BYTES, BodyPublishers.ofByteArray(bytes), PATIENCE)
                .json()
                .bool("changed");
    }
}
