package io.sekimori.cli;

import io.sekimori.trust.Kind;
import io.sekimori.trust.Permit;
import io.sekimori.trust.Release;
import io.sekimori.trust.ReleaseRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code sekimori release permit}: lets named gateways run named releases below their floor for some days. With {@code --out}
 * it is written to a file for more people to sign, else it needs all signatures at once.
 */
@Command(name = "permit")
final class ReleasePermit implements Callable<Integer> {

    /** As documents to be signed name it. */
    static final String TYPE = "permit";

    private final Shell shell;

    @Mixin
    private ReleaseCommand.Place place;

    @Mixin
    private KeyDirectory keys;

    @Mixin
    private KeyDirectory.Chosen chosen;

    @Option(names = "--set", paramLabel = "NAME/VERSION", required = true, descriptionKey = "permit.set")
    private List<String> wanted = List.of();

    @Option(names = "--model", paramLabel = "MODEL", required = true, descriptionKey = "permit.model")
    private String model;

    @Option(names = "--device", paramLabel = "SHA256", descriptionKey = "permit.device")
    private List<String> devices = List.of();

    @Option(names = "--days", paramLabel = "N", required = true, descriptionKey = "permit.days")
    private int days;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, descriptionKey = "permit.reason")
    private String reason;

    @Option(names = "--out", paramLabel = "FILE", descriptionKey = "permit.out")
    private @Nullable Path out;

    ReleasePermit(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure {
        ReleaseRepository repository = place.open(shell);
        Permit permit = permit(repository);
        byte[] signed = permit.signed(
                chosen.names().isEmpty() && out != null ? List.of() : keys.signers(shell, chosen.names()));
        if (out != null) {
            Path file = shell.resolve(out);
            Files.write(file, signed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            shell.tell("permit.written", file);
        } else {
            repository.permit(signed, shell.clock().instant());
            shell.tell("permit.done", permit.expires());
        }
        return ExitCode.OK.number();
    }

    private Permit permit(ReleaseRepository repository) throws IOException, Failure {
        Instant now = shell.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        List<Release> releases = repository.facts().releases(); // all of its metadata are read for it
        List<Permit.Item> items = new ArrayList<>();
        for (String name : wanted) {
            items.add(Permit.Item.of(released(releases, name)));
        }
        try {
            return new Permit(now, now.plus(Duration.ofDays(days)), model, Set.copyOf(devices), items, reason);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, "PERMIT_WRONG", e.getMessage()).because(e);
        }
    }

    private static Release released(List<Release> releases, String name) throws Failure {
        return releases.stream()
                .filter(release ->
                        release.kind() == Kind.BUNDLE && name.equals(release.symbolicName() + "/" + release.version()))
                .findFirst()
                .orElseThrow(() -> new Failure(ExitCode.REFUSED, "NOT_RELEASED", name));
    }
}
