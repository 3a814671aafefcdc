package io.sekimori.cli;

import io.sekimori.trust.Assigned;
import io.sekimori.trust.Assignment;
import io.sekimori.trust.DirectorRepository;
import io.sekimori.trust.Lifetimes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sekimori director}: says, signed, what each unit shall run. */
@Command(
        name = "director",
        subcommands = {
            DirectorAssign.class,
            DirectorRoot.class,
            DirectorSittings.Export.class,
            DirectorSittings.Sign.class,
            DirectorSittings.Join.class
        })
final class DirectorCommand implements Runnable {

    private final Shell shell;

    @Spec
    private CommandSpec spec;

    DirectorCommand(Shell shell) {
        this.shell = shell;
    }

    /** {@code --director DIR}. */
    static final class Place {

        @Option(names = "--director", paramLabel = "DIR", required = true, descriptionKey = "director")
        private Path directory;

        Path path(Shell shell) {
            return shell.resolve(directory);
        }

        DirectorRepository open(Shell shell) throws IOException {
            return DirectorRepository.open(path(shell));
        }
    }

    @Override
    public void run() {
        RootCommand.needsSubcommand(spec);
    }

    @Command(name = "init")
    int init(@Mixin Place place, @Mixin KeyDirectory keys, @Mixin RoleKeyNames roles) throws IOException, Failure {
        DirectorRepository.init(
                place.path(shell),
                roles.director(shell, keys),
                roles.rootSigners(shell, keys),
                Lifetimes.DEFAULT,
                shell.clock().instant());
        shell.tell("director.made", place.path(shell));
        return ExitCode.OK.number();
    }

    @Command(name = "show")
    int show(
            @Mixin Place place,
            @Mixin JsonOption json,
            @Option(names = "--serial", paramLabel = "SERIAL", descriptionKey = "director.show.serial") @Nullable
                    String serial)
            throws IOException, Failure {
        if (serial == null) {
            show(place.open(shell), json);
            return ExitCode.OK.number();
        }
        KnownUnit unit = KnownUnit.read(place.path(shell), serial);
        Assignment assignment = place.open(shell)
                .current(unit.device())
                .orElseThrow(() -> new Failure(ExitCode.REFUSED, "NOTHING_ASSIGNED", serial));
        if (json.wanted()) {
            shell.json(document(assignment));
            return ExitCode.OK.number();
        }
        shell.tell("director.assignment", assignment.version(), assignment.issued(), assignment.expires());
        for (Assigned item : assignment.items()) {
            shell.say(String.format(
                    "%-6s %2d  %-44s %-18s %5d",
                    item.kind().word(), item.startLevel(), item.symbolicName(), item.version(), item.counter()));
        }
        return ExitCode.OK.number();
    }

    private void show(DirectorRepository director, JsonOption json) throws IOException {
        if (json.wanted()) {
            shell.json(DirectorText.document(director));
        } else {
            new DirectorText(shell).tell(director);
        }
    }

    /** An assignment as {@code --json} shows it. */
    static Map<String, Object> document(Assignment assignment) {
        List<Map<String, Object>> items = assignment.items().stream()
                .map(item -> Map.<String, Object>of(
                        "path", item.path(),
                        "counter", item.counter(),
                        "startLevel", item.startLevel(),
                        "sha256", item.sha256()))
                .toList();
        Map<String, Object> document = new TreeMap<>();
        document.put("version", assignment.version());
        document.put("issued", assignment.issued().toString());
        document.put("expires", assignment.expires().toString());
        document.put("device", assignment.device());
        document.put("model", assignment.model());
        document.put("items", items);
        document.put("configurations", assignment.configurations());
        return document;
    }
}
