package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.FileTree;
import io.sekimori.durable.DurableFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

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

    /** Gives it its name once everything in it is on the disk: it is whole or not there after a power cut, too. */
    void appear() throws IOException {
        try (Stream<Path> files = Files.walk(staging)) {
            for (Path file : files.toList()) {
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    DurableFile.syncDirectory(file);
                } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    try (FileChannel content = FileChannel.open(file, StandardOpenOption.READ)) {
                        content.force(true);
                    }
                }
            }
        }
        Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
        DurableFile.syncDirectory(target.getParent());
    }

    /** Removes what did not appear. */
    void discard() throws IOException {
        FileTree.delete(staging);
    }
}
