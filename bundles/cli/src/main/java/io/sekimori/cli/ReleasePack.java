package io.sekimori.cli;

import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.Unit;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.Assignment;
import io.sekimori.trust.DirectorRepository;
import io.sekimori.trust.Kind;
import io.sekimori.trust.PackWriter;
import io.sekimori.trust.Release;
import io.sekimori.trust.ReleaseRepository;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sekimori release pack}: everything that one unit needs for its assignment, in one file for a stick. */
@Command(name = "pack")
final class ReleasePack implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private ReleaseCommand.Place repository;

    @Mixin
    private DirectorCommand.Place director;

    @Option(names = "--serial", paramLabel = "SERIAL", required = true, descriptionKey = "serial")
    private String serial;

    @Option(names = "--out", paramLabel = "FILE", required = true, descriptionKey = "pack.out")
    private Path out;

    @Option(names = "--approvals", paramLabel = "FILE", descriptionKey = "pack.approvals")
    private List<Path> approvals = List.of();

    @Option(names = "--unit", paramLabel = "DIR", descriptionKey = "pack.unit")
    private Path unit;

    ReleasePack(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure {
        ReleaseRepository releases = repository.open(shell);
        DirectorRepository assignments = director.open(shell);
        KnownUnit known = KnownUnit.read(director.path(shell), serial);
        Assignment assignment = assignments
                .current(known.device())
                .orElseThrow(() -> new Failure(ExitCode.REFUSED, "NOTHING_ASSIGNED", serial));
        Map<String, byte[]> assigned = new TreeMap<>(assignments.files(known.device()));
        if (!approvals.isEmpty()) {
            assigned.put(Approvals.FILE, ApprovalText.joined(shell, approvals).bytes());
        }
        Path file = shell.resolve(out);
        Path half = file.resolveSibling(file.getFileName() + ".part");
        int files;
        try (OutputStream stream = Files.newOutputStream(half);
                PackWriter pack = new PackWriter(stream)) {
            files = write(pack, releases, assigned, assignment);
        }
        move(half, file);
        shell.tell("pack.done", file, assignment.version(), files, Files.size(file));
        return ExitCode.OK.number();
    }

    private int write(PackWriter pack, ReleaseRepository releases, Map<String, byte[]> assigned, Assignment assignment)
            throws IOException {
        for (Map.Entry<String, byte[]> file : releases.files().entrySet()) {
            pack.release(file.getKey(), file.getValue());
        }
        for (Map.Entry<String, byte[]> file : assigned.entrySet()) {
            pack.director(file.getKey(), file.getValue());
        }
        Set<String> there = new HashSet<>();
        boolean slotIsThere = false;
        if (unit != null) {
            Unit known = new Unit(shell.resolve(unit));
            there.addAll(known.store().digests());
            // The helper of root's makes a slot out of these jars, where it is not there yet.
            slotIsThere = Files.isDirectory(known.slot(SlotFiles.of(assignment).id()));
        }
        int files = 0;
        for (Release release : releases.assigned(assignment)) {
            boolean needed = release.kind() == Kind.BUNDLE || !slotIsThere;
            if (needed && there.add(release.sha256())) {
                pack.target(release, releases.targets());
                files++;
            }
        }
        return files;
    }

    private static void move(Path half, Path file) throws IOException {
        try {
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
