package io.sekimori.cli;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import io.sekimori.generation.Generations;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.Unit;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sekimori bundles}: what a generation is made of, from the disk. */
@Command(name = "bundles")
final class BundlesCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private UnitOption place;

    @Mixin
    private JsonOption json;

    @Option(names = "--generation", paramLabel = "N", descriptionKey = "bundles.generation")
    private Integer number;

    BundlesCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure {
        Unit unit = place.of(shell);
        Generation generation = read(unit);
        if (json.wanted()) {
            shell.json(Map.of(
                    "generation", generation.number(),
                    "bundles",
                            generation.bundles().stream()
                                    .map(BundlesCommand::document)
                                    .toList()));
            return ExitCode.OK.number();
        }
        shell.tell("bundles.head", generation.number(), generation.bundles().size());
        for (GenerationBundle bundle : generation.bundles()) {
            shell.say(String.format(
                    "%3d  %-44s %-18s %5d  %-8s %s",
                    bundle.startLevel(),
                    bundle.symbolicName(),
                    bundle.version(),
                    bundle.counter(),
                    bundle.swap().word(),
                    bundle.sha256().substring(0, 12)));
        }
        return ExitCode.OK.number();
    }

    private Generation read(Unit unit) throws IOException, Failure {
        try {
            int wanted = number == null ? confirmed(unit) : number;
            Optional<Generation> generation = new Generations(unit).read(wanted);
            return generation.orElseThrow(() -> new Failure(ExitCode.REFUSED, "NO_GENERATION", wanted));
        } catch (MalformedJson e) {
            throw new Failure(ExitCode.REFUSED, "UNIT_DAMAGED", unit.directory(), e.getMessage()).because(e);
        }
    }

    private static int confirmed(Unit unit) throws IOException, MalformedJson, Failure {
        return new Pointer(unit)
                .confirmed()
                .map(Confirmed::generation)
                .orElseThrow(() -> new Failure(ExitCode.REFUSED, "NO_POINTER", unit.directory()));
    }

    private static Map<String, Object> document(GenerationBundle bundle) {
        return Map.of(
                "symbolicName", bundle.symbolicName(),
                "version", bundle.version(),
                "counter", bundle.counter(),
                "startLevel", bundle.startLevel(),
                "swap", bundle.swap().word(),
                "length", bundle.length(),
                "sha256", bundle.sha256());
    }
}
