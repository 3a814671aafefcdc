package io.sekimori.cli;

import io.sekimori.trust.Assignment;
import io.sekimori.trust.AssignmentDraft;
import io.sekimori.trust.DirectorRepository;
import io.sekimori.trust.Lifetimes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sekimori director assign}: the next assignment of a unit, as a change of the one before. */
@Command(name = "assign")
final class DirectorAssign implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private DirectorCommand.Place director;

    @Mixin
    private ReleaseCommand.Place repository;

    @Mixin
    private KeyDirectory keys;

    @Mixin
    private KeyDirectory.Chosen chosen;

    @Mixin
    private JsonOption json;

    @Option(names = "--serial", paramLabel = "SERIAL", required = true, descriptionKey = "serial")
    private String serial;

    @Option(names = "--feature", paramLabel = "FILE", descriptionKey = "assign.feature")
    private List<Path> features = List.of();

    @Option(names = "--set", paramLabel = WantedRelease.FORM, descriptionKey = "assign.set")
    private List<String> sets = List.of();

    @Option(names = "--remove", paramLabel = "NAME", descriptionKey = "assign.remove")
    private List<String> removals = List.of();

    @Option(names = "--configure", paramLabel = "PID:NAME=VALUE", descriptionKey = "assign.configure")
    private List<String> configurations = List.of();

    DirectorAssign(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure {
        DirectorRepository directory = director.open(shell);
        KnownUnit unit = KnownUnit.read(director.path(shell), serial);
        Wish wish = new Wish(repository.open(shell));
        Optional<Assignment> before = directory.current(unit.device());
        if (before.isPresent() && features.isEmpty()) {
            wish.keep(before.get().items(), before.get().configurations());
        }
        wish.want(FeatureFile.read(features.stream().map(shell::resolve).toList()));
        for (String name : removals) {
            wish.remove(name);
        }
        for (String words : sets) {
            wish.set(WantedRelease.parse(words));
        }
        for (String words : configurations) {
            wish.configure(words);
        }
        Assignment assignment = directory.assign(
                new AssignmentDraft(unit.device(), unit.model(), wish.items(), wish.configurations()),
                keys.signers(shell, chosen.names()),
                Lifetimes.DEFAULT,
                shell.clock().instant());
        if (json.wanted()) {
            shell.json(DirectorCommand.document(assignment));
        } else {
            shell.tell("director.assigned", serial, assignment.version(), assignment.expires());
        }
        return ExitCode.OK.number();
    }
}
