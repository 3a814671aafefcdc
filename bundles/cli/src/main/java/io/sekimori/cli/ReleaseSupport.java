package io.sekimori.cli;

import io.sekimori.trust.Lifetimes;
import io.sekimori.trust.ReleaseRepository;
import io.sekimori.trust.SupportPeriod;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sekimori release support}: stages until when there will be updates, for a model or for all. */
@Command(name = "support")
final class ReleaseSupport implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private ReleaseCommand.Place place;

    @Option(names = "--until", paramLabel = "DATE", required = true, descriptionKey = "support.until")
    private String until;

    @Option(names = "--model", paramLabel = "MODEL", descriptionKey = "support.model")
    private List<String> models = List.of(SupportPeriod.ALL);

    ReleaseSupport(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure {
        ReleaseRepository repository = place.open(shell);
        Instant end = end();
        for (String model : models) {
            try {
                repository.support(model, end, Lifetimes.DEFAULT, shell.clock().instant());
            } catch (IllegalArgumentException e) {
                throw new Failure(ExitCode.USAGE, "SUPPORT_MALFORMED", model).because(e);
            }
        }
        ReleaseCommand.tellStaged(shell, repository);
        return ExitCode.OK.number();
    }

    /** That day is the last one. */
    private Instant end() throws Failure {
        try {
            return LocalDate.parse(until)
                    .plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
        } catch (DateTimeException e) {
            throw new Failure(ExitCode.USAGE, "SUPPORT_MALFORMED", until).because(e);
        }
    }
}
