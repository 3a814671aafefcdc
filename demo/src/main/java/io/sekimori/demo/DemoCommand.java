package io.sekimori.demo;

import io.sekimori.cli.Failure;
import io.sekimori.cli.Shell;
import io.sekimori.cli.console.ConsoleEntrance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sekimori demo}: shows on this machine, with real tools and real figures, what the gateway promises. */
@Command(
        name = "demo",
        header = "Shows on this machine what a gateway does, each line with its measured figure.",
        description = "Makes keys, releases and a gateway below its directory, loopback only.")
public final class DemoCommand implements Callable<Integer> {

    private final Shell shell;

    @Option(names = "--exit", description = "Stops the gateway at the end; 0 only if every line held.")
    private boolean exit;

    @Option(names = "--clean", description = "Ends what a demo left running, removes its files, and that is all.")
    private boolean clean;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where the demo keeps its files. Default: .demo beside the sources.")
    private Path directory;

    @Option(names = "--only", paramLabel = "WORD", hidden = true, description = "Only chapters with this name.")
    private List<String> only = List.of();

    /** The command in this shell. */
    public DemoCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure {
        Path home = Path.of(System.getProperty("sekimori.home", "."))
                .toAbsolutePath()
                .normalize();
        Path state = directory == null ? home.resolve(".demo") : shell.resolve(directory);
        boolean wasThere = cleanUp(state);
        if (clean) {
            shell.say(wasThere ? "Removed " + state : "Nothing to remove: there is no " + state);
            return 0;
        }
        Files.createDirectories(state);
        Files.writeString(state.resolve(MARK), "made by sekimori demo\n");
        return play(new Place(home, state));
    }

    private static final String MARK = ".sekimori-demo";

    private int play(Place place) throws IOException, Failure {
        Tool tool = new Tool(place.state(), Clock.systemUTC());
        Maker maker = new Maker(place, tool);
        Gateway gateway =
                new Gateway(place.unit(Maker.SERIAL), place.pidFile(Maker.SERIAL), place.log(Maker.SERIAL), tool);
        Story story = new Story(shell);
        boolean begun = story.tell(new Beginning(maker, gateway).lines());
        if (begun) {
            Stage stage = new Stage(maker, gateway);
            for (Chapter chapter : chapters(stage)) {
                if (only.isEmpty() || only.contains(chapter.name())) {
                    story.tell(chapter.lines());
                }
            }
        }
        FleetStage fleet = new FleetStage(place, tool);
        for (Chapter chapter : fleetChapters(fleet)) {
            if (only.isEmpty() || only.contains("fleet")) {
                story.tell(chapter.lines());
            }
        }
        story.end();
        if (exit || !begun) {
            stopAll(place.state());
        } else {
            tellHowToLook(gateway);
            tellOfTheConsole(fleet.console());
        }
        return story.held() ? 0 : 1;
    }

    private record Chapter(String name, List<Line> lines) {}

    private static List<Chapter> chapters(Stage stage) {
        return List.of(
                new Chapter("third-party", new ThirdParty(stage).lines()),
                new Chapter("capabilities", new Capabilities(stage).lines()),
                new Chapter("comparison", new Comparison(stage).lines()),
                new Chapter("refusals", new Refusals(stage).lines()),
                new Chapter("absences", new Absences(stage).lines()),
                new Chapter("bad-bundles", new BadBundles(stage).lines()),
                new Chapter("kills", new Kills(stage).lines()),
                new Chapter("restarts", new Restarts(stage).lines()),
                new Chapter("ending", new Ending(stage).lines()));
    }

    private static List<Chapter> fleetChapters(FleetStage fleet) {
        return List.of(
                new Chapter("console", new FleetBeginning(fleet).lines()),
                new Chapter("enrolment", new Enrolments(fleet).lines()),
                new Chapter("rollouts", new FleetRollouts(fleet).lines()),
                new Chapter("in-use", new FleetCapabilities(fleet).lines()),
                new Chapter("harm", new FleetHarm(fleet).lines()));
    }

    private void tellOfTheConsole(ConsoleProcess console) throws IOException, Failure {
        if (!Files.isDirectory(console.directory())) {
            return;
        }
        shell.say("");
        ConsoleEntrance.of(console.directory()).tell(shell);
        shell.say("  sign in as admin with: " + console.password());
    }

    private void tellHowToLook(Gateway gateway) {
        shell.say("");
        shell.say("The gateway goes on running. Look at it:");
        for (String command : new String[] {"status", "bundles", "update history", "audit show"}) {
            shell.say("  ./sekimori " + command + " --unit " + gateway.unit());
        }
        shell.say("  ./sekimori demo --clean ends it and removes "
                + gateway.unit().getParent().getParent());
    }

    private static void stopAll(Path state) throws IOException {
        List<Path> pidFiles = new ArrayList<>();
        if (Files.isDirectory(state)) {
            try (Stream<Path> files = Files.list(state)) {
                files.filter(file -> file.getFileName().toString().endsWith(".pid"))
                        .forEach(pidFiles::add);
            }
        }
        for (Path pidFile : pidFiles) {
            OwnProcess.recall(pidFile).ifPresent(DemoCommand::end);
        }
    }

    private static void end(OwnProcess process) {
        process.end(25);
    }

    /** Answers whether there was anything. */
    private static boolean cleanUp(Path state) throws IOException {
        stopAll(state);
        if (!Files.exists(state)) {
            return false;
        }
        if (!Files.exists(state.resolve(MARK))) {
            throw new IOException(state + " is not a directory that a demo made; it is left alone");
        }
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        return true;
    }
}
