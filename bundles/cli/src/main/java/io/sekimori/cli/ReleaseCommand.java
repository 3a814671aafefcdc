package io.sekimori.cli;

import io.sekimori.trust.Lifetimes;
import io.sekimori.trust.PublishCode;
import io.sekimori.trust.Publisher;
import io.sekimori.trust.Release;
import io.sekimori.trust.ReleaseRepository;
import io.sekimori.trust.RepositoryFacts;
import io.sekimori.trust.Role;
import io.sekimori.trust.SigningProgress;
import io.sekimori.trust.SupportPeriod;
import io.sekimori.trust.TrustException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sekimori release}: a publisher's repository of releases, offline. */
@Command(
        name = "release",
        subcommands = {
            ReleaseAdd.class,
            ReleaseImage.class,
            ReleaseSign.class,
            ReleaseSittings.Export.class,
            ReleaseSittings.Join.class,
            ReleaseRoot.class,
            ReleasePublishers.Delegate.class,
            ReleasePublishers.Revoke.class,
            ReleasePermit.class,
            ReleaseSupport.class,
            ReleasePack.class
        })
final class ReleaseCommand implements Runnable {

    /** How long before the end people are told. */
    static final Duration NOTICE = Duration.ofDays(14);

    private final Shell shell;

    @Spec
    private CommandSpec spec;

    ReleaseCommand(Shell shell) {
        this.shell = shell;
    }

    /** {@code --repository DIR}. */
    static final class Place {

        @Option(names = "--repository", paramLabel = "DIR", required = true, descriptionKey = "repository")
        private Path directory;

        Path path(Shell shell) {
            return shell.resolve(directory);
        }

        ReleaseRepository open(Shell shell) throws IOException {
            return ReleaseRepository.open(path(shell));
        }
    }

    @Override
    public void run() {
        RootCommand.needsSubcommand(spec);
    }

    @Command(name = "init")
    int init(
            @Mixin Place place,
            @Mixin KeyDirectory keys,
            @Mixin RoleKeyNames roles,
            @Mixin RoleKeyNames.Freshness freshness)
            throws IOException, Failure {
        ReleaseRepository.init(
                place.path(shell),
                roles.release(shell, keys, freshness),
                roles.rootSigners(shell, keys),
                Lifetimes.DEFAULT,
                shell.clock().instant());
        shell.tell("release.made", place.path(shell));
        return ExitCode.OK.number();
    }

    @Command(name = "renew")
    int renew(
            @Mixin Place place,
            @Mixin KeyDirectory keys,
            @Mixin KeyDirectory.Chosen chosen,
            @Option(names = "--role", paramLabel = "ROLE", descriptionKey = "renew.role") String role)
            throws IOException, Failure {
        if (role != null) {
            ReleaseRepository repository = place.open(shell);
            if (role.equals(Role.TARGETS.word())) {
                repository.stageRenewal(Lifetimes.DEFAULT, shell.clock().instant());
            } else {
                repository.stageRenewal(role, Lifetimes.DEFAULT, shell.clock().instant());
            }
            tellStaged(shell, repository);
            return ExitCode.OK.number();
        }
        place.open(shell)
                .renew(
                        keys.signers(shell, chosen.names()),
                        Lifetimes.DEFAULT,
                        shell.clock().instant());
        shell.tell("release.renewed");
        return ExitCode.OK.number();
    }

    @Command(name = "verify")
    int verify(@Mixin Place place) throws IOException, Failure {
        ReleaseRepository repository = place.open(shell);
        RepositoryFacts facts;
        try {
            facts = repository.verify(shell.clock().instant());
        } catch (TrustException e) {
            if (e.refusal().code() == PublishCode.NOTHING_PUBLISHED) {
                throw new Unpublished(shell, repository).told().because(e);
            }
            throw e;
        }
        shell.tell("release.verified", facts.releases().size());
        tellExpiry(shell, repository, facts);
        return ExitCode.OK.number();
    }

    @Command(name = "show")
    int show(@Mixin Place place, @Mixin JsonOption json) throws IOException {
        ReleaseRepository repository = place.open(shell);
        RepositoryFacts facts = repository.facts();
        if (json.wanted()) {
            shell.json(ReleaseText.document(repository, facts));
            return ExitCode.OK.number();
        }
        new ReleaseText(shell).tellRoles(repository, facts);
        new ReleaseText(shell).tellHybrid(repository.roles(), "release root");
        new ReleaseText(shell).tellPublishers(repository);
        facts.support()
                .ends()
                .forEach((model, end) -> shell.tell(
                        "release.support",
                        model.equals(SupportPeriod.ALL) ? shell.messages().text("release.support.others") : model,
                        end));
        tellStaged(shell, repository);
        tellExpiry(shell, repository, facts);
        for (Release release : facts.releases()) {
            shell.say(String.format(
                    "%-6s  %-44s %-18s %5d  %-8s %s",
                    release.kind().word(),
                    release.symbolicName(),
                    release.version(),
                    release.counter(),
                    release.swap().word(),
                    release.sha256().substring(0, 12)));
            release.remedy()
                    .ifPresent(remedy -> shell.tell(
                            "release.remedy", remedy.in(shell.messages().locale())));
        }
        return ExitCode.OK.number();
    }

    /** Says of each staged document how many of its keys have signed. */
    static void tellStaged(Shell shell, ReleaseRepository repository) throws IOException {
        for (Map.Entry<String, SigningProgress> staged : repository.staged().entrySet()) {
            SigningProgress progress = staged.getValue();
            shell.tell("release.staged", staged.getKey(), progress.signed(), progress.needed());
        }
    }

    // A gateway refuses what has expired, and whoever must sign has to be asked in time.
    static void tellExpiry(Shell shell, ReleaseRepository repository, RepositoryFacts facts) throws IOException {
        Map<String, Instant> expires = new TreeMap<>();
        facts.roles().forEach((role, signed) -> expires.put(role.word(), signed.expires()));
        for (Publisher publisher : repository.publishers()) {
            publisher.published().ifPresent(signed -> expires.put(publisher.role(), signed.expires()));
        }
        Instant soon = shell.clock().instant().plus(NOTICE);
        expires.forEach((role, when) -> {
            if (when.isBefore(soon)) {
                shell.tell("release.expiresSoon", role, when, remedy(role));
            }
        });
    }

    private static String remedy(String role) {
        return switch (role) {
            case "root" -> "release root";
            case "snapshot", "timestamp" -> "release renew";
            default -> "release renew --role " + role;
        };
    }
}
