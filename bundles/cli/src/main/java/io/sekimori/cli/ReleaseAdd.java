package io.sekimori.cli;

import io.sekimori.trust.Kind;
import io.sekimori.trust.Lifetimes;
import io.sekimori.trust.Release;
import io.sekimori.trust.ReleaseFacts;
import io.sekimori.trust.ReleaseRepository;
import io.sekimori.trust.Remedy;
import io.sekimori.trust.Swap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sekimori release add}: puts jars, or all jars of a feature, among the staged releases. */
@Command(name = "add")
final class ReleaseAdd implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private ReleaseCommand.Place place;

    @Mixin
    private JsonOption json;

    @Parameters(paramLabel = "JAR", arity = "0..*", descriptionKey = "add.jars")
    private List<Path> jars = List.of();

    @Option(names = "--feature", paramLabel = "FILE", descriptionKey = "add.feature")
    private List<Path> features = List.of();

    @Option(names = "--jars", paramLabel = "DIR", descriptionKey = "add.from")
    private List<Path> directories = List.of();

    @Option(names = "--swap", paramLabel = "MODE", descriptionKey = "add.swap")
    private Swap swap = Swap.REPLACE;

    @Option(names = "--kind", paramLabel = "KIND", descriptionKey = "add.kind")
    private Kind kind = Kind.BUNDLE;

    @Option(names = "--counter", paramLabel = "N", descriptionKey = "add.counter")
    private Long counter;

    @Option(names = "--floor", paramLabel = "N", descriptionKey = "add.floor")
    private Long floor;

    @Option(names = "--hard-floor", paramLabel = "N", descriptionKey = "add.hardfloor")
    private Long hardFloor;

    @Option(names = "--model", paramLabel = "MODEL", descriptionKey = "add.model")
    private List<String> models = List.of();

    @Option(names = "--remedy", paramLabel = "TEXT", descriptionKey = "add.remedy")
    private String remedy = "";

    @Option(names = "--remedy-ja", paramLabel = "TEXT", descriptionKey = "add.remedyJa")
    private String remedyJapanese = "";

    @Option(names = "--role", paramLabel = "ROLE", descriptionKey = "add.role")
    private String role = "targets";

    ReleaseAdd(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure {
        if (jars.isEmpty() && features.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "NOTHING_TO_ADD");
        }
        try {
            remedy();
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, "REMEDY_MALFORMED", String.valueOf(e.getMessage())).because(e);
        }
        ReleaseRepository repository = place.open(shell);
        List<Release> added = new ArrayList<>();
        for (Path jar : jars) {
            Path file = shell.resolve(jar);
            added.add(add(repository, file, swap, kind, earlier -> remedy().or(earlier::remedy)));
        }
        for (Product.Part part :
                FeatureFile.read(features.stream().map(shell::resolve).toList()).parts()) {
            // What the feature had before keeps its words: these are for what is new in it.
            added.add(add(
                    repository,
                    find(part),
                    part.swap(),
                    part.kind(),
                    earlier -> earlier.released() ? earlier.remedy() : remedy()));
        }
        if (json.wanted()) {
            shell.json(Map.of("added", added.stream().map(ReleaseText::document).toList()));
        } else {
            added.forEach(release -> shell.tell("add.done", release.path(), release.counter()));
            shell.tell("add.next");
        }
        return ExitCode.OK.number();
    }

    /** Which words a release gets, by what there was before it. */
    private interface Words {
        Optional<Remedy> after(Earlier earlier);
    }

    private Release add(ReleaseRepository repository, Path jar, Swap mode, Kind what, Words words)
            throws IOException, Failure {
        JarFacts bundle = JarFacts.of(jar);
        Earlier earlier = Earlier.of(repository, bundle.symbolicName(), bundle.version());
        long hard = hardFloor == null ? earlier.hardFloor() : hardFloor;
        long number = counter == null ? earlier.counter() : counter;
        try {
            ReleaseFacts facts = new ReleaseFacts(
                    bundle.symbolicName(),
                    bundle.version(),
                    number,
                    floor == null ? Math.max(earlier.floor(), hard) : floor,
                    hard,
                    mode,
                    what,
                    models,
                    words.after(earlier));
            return repository.add(
                    role, jar, facts, Lifetimes.DEFAULT, shell.clock().instant());
        } catch (IllegalArgumentException e) {
            throw new Failure(
                            ExitCode.USAGE,
                            "RELEASE_FACTS",
                            bundle.symbolicName(),
                            bundle.version(),
                            number,
                            String.valueOf(e.getMessage()))
                    .because(e);
        }
    }

    private Optional<Remedy> remedy() {
        return remedy.isEmpty() && remedyJapanese.isEmpty()
                ? Optional.empty()
                : Optional.of(new Remedy(remedy, remedyJapanese));
    }

    /**
     * What the releases of that name so far ask of the next one: counter and floors.
     *
     * @param released whether this very version was added before
     */
    private record Earlier(long counter, long floor, long hardFloor, boolean released, Optional<Remedy> remedy) {

        static Earlier of(ReleaseRepository repository, String symbolicName, String version) throws IOException {
            long highest = 0;
            long floor = 0;
            long hardFloor = 0;
            for (Release release : repository.releases()) {
                if (release.symbolicName().equals(symbolicName)) {
                    // The same jar may be a bundle and on the start class path: one release, one counter.
                    if (release.version().equals(version)) {
                        return new Earlier(
                                release.counter(), release.floor(), release.hardFloor(), true, release.remedy());
                    }
                    highest = Math.max(highest, release.counter());
                    floor = Math.max(floor, release.floor());
                    hardFloor = Math.max(hardFloor, release.hardFloor());
                }
            }
            return new Earlier(highest + 1, floor, hardFloor, false, Optional.empty());
        }
    }

    private Path find(Product.Part part) throws Failure {
        // Who names directories means theirs first; what no one has there comes with this distribution.
        List<Path> places = new ArrayList<>(directories);
        places.addAll(Distribution.ofProcess().jars());
        for (Path directory : places) {
            Path jar = shell.resolve(directory).resolve(part.artifact() + ".jar");
            if (Files.isRegularFile(jar)) {
                return jar;
            }
        }
        throw new Failure(ExitCode.REFUSED, "JAR_MISSING", part.mavenId(), part.artifact() + ".jar");
    }
}
