package io.sekimori.launcher.main;

import io.sekimori.generation.StartReport.Finding;
import io.sekimori.generation.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks at who could change what is trusted: anchors, slots and start script should belong to root and be writable by
 * nobody else. It only finds: a unit on a developer's machine starts too, and says so.
 */
record TrustFolders(Unit unit, String runtimeUser) {

    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final int MAX_DEPTH = 4;
    private static final int MAX_FINDINGS = 10;

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        boolean owned = false;
        for (Path folder : List.of(unit.trust(), unit.slots(), unit.directory().resolve("bin"))) {
            if (Files.isDirectory(folder)) {
                owned |= look(folder, findings);
            }
        }
        if (owned) {
            findings.add(new Finding(
                    LauncherCode.TRUST_OWNED_BY_RUNTIME.name(), "trust, slots or bin belong to " + runtimeUser));
        }
        return findings.size() > MAX_FINDINGS ? List.copyOf(findings.subList(0, MAX_FINDINGS)) : findings;
    }

    private boolean look(Path folder, List<Finding> findings) {
        boolean owned = false;
        try (Stream<Path> files = Files.walk(folder, MAX_DEPTH)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
                boolean root = attributes.owner().getName().equals("root");
                boolean mine = !root && attributes.owner().getName().equals(runtimeUser);
                boolean othersWrite = attributes.permissions().stream().anyMatch(OTHERS_WRITE::contains);
                boolean writable = !runtimeUser.equals("root") && !mine && Files.isWritable(file);
                if (othersWrite || writable) {
                    findings.add(new Finding(LauncherCode.TRUST_WRITABLE.name(), "others can write " + file));
                } else if (!root && !mine) {
                    findings.add(new Finding(
                            LauncherCode.TRUST_WRITABLE.name(),
                            file + " belongs to " + attributes.owner().getName()));
                }
                owned |= mine;
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            findings.add(new Finding(LauncherCode.TRUST_WRITABLE.name(), "cannot tell who can write " + folder));
        } catch (UnsupportedOperationException e) {
            findings.add(new Finding(LauncherCode.TRUST_WRITABLE.name(), "no owners on this file system: " + folder));
        }
        return owned;
    }
}
