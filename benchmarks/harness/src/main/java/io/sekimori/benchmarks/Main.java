package io.sekimori.benchmarks;

import io.sekimori.benchmarks.audit.AuditBenchmark;
import io.sekimori.benchmarks.broker.BrokerBenchmark;
import io.sekimori.benchmarks.cli.CliBenchmark;
import io.sekimori.benchmarks.console.ConsoleBenchmark;
import io.sekimori.benchmarks.start.StartBenchmark;
import io.sekimori.benchmarks.start.StatusBenchmark;
import io.sekimori.benchmarks.swap.SwapBenchmark;
import io.sekimori.benchmarks.tuf.RefreshBenchmark;
import io.sekimori.benchmarks.vault.VaultBenchmark;
import io.sekimori.benchmarks.verification.HashingBenchmark;
import io.sekimori.benchmarks.verification.PostQuantumBenchmark;
import io.sekimori.benchmarks.verification.SignatureBenchmark;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code benchmarks/run}. Ends with 0 when everything was measured, whether or not goals are held. */
@Command(
        name = "benchmarks/run",
        mixinStandardHelpOptions = true,
        description = "Measures Sekimori beside its peers and limits: all of it, or the benchmarks named.")
public final class Main implements Callable<Integer> {

    private static final List<Benchmark> ALL = List.of(
            new SwapBenchmark(),
            new StartBenchmark(),
            new HashingBenchmark(),
            new SignatureBenchmark(),
            new PostQuantumBenchmark(),
            new AuditBenchmark(),
            new VaultBenchmark(),
            new StatusBenchmark(),
            new CliBenchmark(),
            new RefreshBenchmark(),
            new BrokerBenchmark(),
            new ConsoleBenchmark());

    @Spec
    CommandSpec spec;

    @Option(names = "--quick", description = "Few and short rounds: shows that the benchmarks work, not how fast.")
    boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes every sample as JSON, too.")
    Optional<Path> json;

    @Option(
            names = "--work",
            paramLabel = "DIRECTORY",
            description = "Where units, packs and audits are written: the disk that is measured.")
    Optional<Path> work;

    @Option(names = "--list", description = "Prints the names of the benchmarks and ends.")
    boolean list;

    @Parameters(paramLabel = "NAME", description = "Which benchmarks to run; all without a name.")
    List<String> names = List.of();

    private Main() {}

    /** Runs the command line and exits. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            ALL.forEach(benchmark -> out.printf("%-12s %s%n", benchmark.name(), benchmark.about()));
            return 0;
        }
        Path home = Path.of(System.getProperty("sekimori.home"));
        Path target = Files.createDirectories(home.resolve("benchmarks").resolve("target"));
        List<Figure> figures = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (Benchmark benchmark : chosen()) {
            try {
                figures.addAll(measure(benchmark, home, work.orElse(target)));
            } catch (IOException | RuntimeException e) {
                failed.add(benchmark.name());
                e.printStackTrace(spec.commandLine().getErr());
            }
        }
        Results results = new Results(Machine.description(), quick, figures);
        Files.writeString(target.resolve("results.md"), results.markdown());
        if (json.isPresent()) {
            results.writeJson(json.get());
        }
        out.println(results.markdown());
        // What was measured in twenty minutes is not thrown away for one that failed; neither is that passed over.
        failed.forEach(name -> out.println("FAILED: " + name + "; why is said above"));
        out.flush();
        return failed.isEmpty() ? 0 : 1;
    }

    private List<Figure> measure(Benchmark benchmark, Path home, Path disk) throws IOException, InterruptedException {
        PrintWriter progress = spec.commandLine().getErr();
        Path folder = Files.createTempDirectory(disk.toAbsolutePath(), benchmark.name() + "-");
        try {
            return benchmark.measure(new Setting(home, folder, quick, text -> {
                progress.println(benchmark.name() + ": " + text);
                progress.flush();
            }));
        } finally {
            Folders.delete(folder);
        }
    }

    private List<Benchmark> chosen() {
        for (String name : names) {
            if (ALL.stream().noneMatch(benchmark -> benchmark.name().equals(name))) {
                throw new ParameterException(spec.commandLine(), "no benchmark is called " + name);
            }
        }
        return ALL.stream()
                .filter(benchmark -> names.isEmpty() || names.contains(benchmark.name()))
                .toList();
    }
}
