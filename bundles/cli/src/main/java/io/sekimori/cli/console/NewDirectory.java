package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A directory that appears whole or not at all: it is filled beside its place. */
final class NewDirectory {

    private final Path target;
    private final Path staging;

    NewDirectory(Path target) {
        this.target = target.toAbsolutePath();
        this.staging = this.target.resolveSibling("." + target.getFileName() + ".part");
    }

    /** Where to fill it; nothing may be at its place. */
    Path begin() throws IOException, Failure {
        if (Files.exists(target)) {
            throw new Failure(ExitCode.REFUSED, "CONSOLE_EXISTS", target);
        }
        discard();
        Files.createDirectories(target.getParent());
        return Files.createDirectory(
                staging, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    void appear() throws IOException {
        Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes what did not appear. */
    void discard() throws IOException {
        FileTree.delete(staging);
    }
}
