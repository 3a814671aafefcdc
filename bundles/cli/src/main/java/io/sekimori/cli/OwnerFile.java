package io.sekimori.cli;

import io.sekimori.trust.DurableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A new file that its owner alone can read, durable when it is there; one that exists is never replaced. */
final class OwnerFile {

    private OwnerFile() {}

    static void create(Path file, byte[] content) throws IOException, Failure {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        } catch (FileAlreadyExistsException e) {
            throw new Failure(ExitCode.REFUSED, "KEY_FILE_EXISTS", file + " exists").because(e);
        }
        DurableFile.syncDirectory(file.toAbsolutePath().getParent());
    }
}
