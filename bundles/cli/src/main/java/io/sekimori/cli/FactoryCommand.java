package io.sekimori.cli;

import io.sekimori.generation.Nameplate;
import io.sekimori.generation.Unit;
import io.sekimori.keys.KeyException;
import io.sekimori.trust.ApprovalPolicy;
import io.sekimori.trust.Assignment;
import io.sekimori.trust.AssignmentDraft;
import io.sekimori.trust.DirectorRepository;
import io.sekimori.trust.Lifetimes;
import io.sekimori.trust.ReleaseRepository;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code sekimori factory}: makes the directory of a unit. It holds the trust roots, the device key, generation 1 as the
 * gateway itself would have accepted it, its slot and the start script. A unit appears whole or not at all.
 */
@Command(name = "factory")
final class FactoryCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private ReleaseCommand.Place repository;

    @Mixin
    private DirectorCommand.Place director;

    @Mixin
    private KeyDirectory keys;

    @Mixin
    private KeyDirectory.Chosen chosen;

    @Mixin
    private JsonOption json;

    @Option(names = "--unit", paramLabel = "DIR", required = true, descriptionKey = "factory.unit")
    private Path unit;

    @Option(names = "--feature", paramLabel = "FILE", required = true, descriptionKey = "factory.feature")
    private List<Path> features;

    @Option(names = "--model", paramLabel = "MODEL", required = true, descriptionKey = "factory.model")
    private String model;

    @Option(names = "--serial", paramLabel = "SERIAL", required = true, descriptionKey = "serial")
    private String serial;

    @Option(names = "--java", paramLabel = "DIR", descriptionKey = "factory.java")
    private Path java = Distribution.ofProcess().java();

    @Option(names = "--start-script", paramLabel = "FILE", descriptionKey = "factory.startScript")
    private Path startScript = Distribution.ofProcess().startScript();

    @Option(names = "--configure", paramLabel = "PID:NAME=VALUE", descriptionKey = "assign.configure")
    private List<String> configurations = List.of();

    @Option(names = "--without", paramLabel = "NAME", descriptionKey = "factory.without")
    private List<String> removals = List.of();

    @Option(names = "--approvals", paramLabel = "FILE", descriptionKey = "factory.approvals")
    private @Nullable Path approvals;

    @Option(names = "--again", descriptionKey = "factory.again")
    private boolean again;

    FactoryCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure {
        KnownUnit.requireSerial(serial);
        Path target = shell.resolve(unit);
        if (target.toString().contains(File.pathSeparator)) {
            throw new Failure(ExitCode.USAGE, "UNIT_PATH", target);
        }
        refuseIfThere(target);
        ReleaseRepository releases = repository.open(shell);
        AheadOfClock.look(releases, shell);
        DirectorRepository assignments = director.open(shell);
        Optional<KnownUnit> before = before();
        Wish wish = wish(releases);
        Optional<byte[]> policy = policy();
        Path staging = target.resolveSibling("." + target.getFileName() + ".part");
        NewUnit made = new NewUnit(staging, shell.clock().instant());
        String device;
        try {
            made.begin(releases.anchor(), assignments.anchor(), nameplate());
            if (policy.isPresent()) {
                made.demandApprovals(policy.get());
            }
            device = made.makeDeviceKey();
            Assignment assignment = assignments.assign(
                    new AssignmentDraft(device, model, wish.items(), wish.configurations()),
                    keys.signers(shell, chosen.names()),
                    Lifetimes.DEFAULT,
                    shell.clock().instant());
            made.fill(releases, assignments, assignment, javaHome());
            made.startScript(shell.resolve(startScript));
            made.moveTo(target);
            new SlotArchive(new Unit(target)).make(1);
        } catch (KeyException e) {
            throw new Failure(ExitCode.FAILED, "DEVICE_KEY", e.code(), e.getMessage()).because(e);
        } finally {
            made.discard();
        }
        new KnownUnit(serial, model, device).write(director.path(shell));
        answer(target, device, wish.items().size());
        if (before.isPresent()) {
            retire(assignments, before.get().device());
        }
        return ExitCode.OK.number();
    }

    /** As it was named, if it is one: a link is followed at each start, so that what is behind it can be renewed. */
    private Path javaHome() throws Failure {
        Path home = shell.resolve(java).toAbsolutePath().normalize();
        if (!Files.isExecutable(home.resolve("bin").resolve("java"))) {
            throw new Failure(ExitCode.REFUSED, "NO_JAVA", home);
        }
        return home;
    }

    /** The unit that this one takes the place of. */
    private Optional<KnownUnit> before() throws IOException, Failure {
        if (!KnownUnit.exists(director.path(shell), serial)) {
            return Optional.empty();
        }
        if (!again) {
            throw new Failure(ExitCode.REFUSED, "SERIAL_TAKEN", serial);
        }
        return Optional.of(KnownUnit.read(director.path(shell), serial));
    }

    private void retire(DirectorRepository assignments, String device) throws IOException {
        Optional<Assignment> last = assignments.retire(device);
        if (last.isPresent()) {
            shell.note(
                    shell.messages().text("factory.replaced", device, last.get().expires()));
        }
    }

    private void refuseIfThere(Path target) throws IOException, Failure {
        if (Files.exists(target)) {
            try (var entries = Files.newDirectoryStream(target)) {
                if (entries.iterator().hasNext()) {
                    throw new Failure(ExitCode.REFUSED, "UNIT_EXISTS", target);
                }
            }
        }
    }

    private Wish wish(ReleaseRepository releases) throws IOException, Failure {
        Wish wish = new Wish(releases);
        wish.want(FeatureFile.read(features.stream().map(shell::resolve).toList()));
        for (String name : removals) {
            wish.remove(name);
        }
        for (String words : configurations) {
            wish.configure(words);
        }
        return wish;
    }

    /** Read before anything is made: a unit whose policy nobody could meet would take no update ever. */
    private Optional<byte[]> policy() throws IOException {
        if (approvals == null) {
            return Optional.empty();
        }
        byte[] bytes = BoundedFile.read(shell.resolve(approvals), ApprovalPolicy.MAX_BYTES);
        ApprovalPolicy.parse(bytes);
        return Optional.of(bytes);
    }

    private Nameplate nameplate() throws Failure {
        try {
            return new Nameplate(model, serial);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, "NAMEPLATE", model, serial).because(e);
        }
    }

    private void answer(Path target, String device, int parts) {
        if (json.wanted()) {
            Map<String, Object> document = new TreeMap<>();
            document.put("unit", target.toString());
            document.put("serial", serial);
            document.put("model", model);
            document.put("device", device);
            document.put("generation", 1);
            shell.json(document);
        } else {
            shell.tell("factory.made", target, parts, device);
            shell.tell("factory.next", target);
        }
    }
}
