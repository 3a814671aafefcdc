package io.sekimori.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {

    private static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void replacesTheWholeFile() throws IOException {
        Path file = folder.resolve("file");
        DurableFile.replace(file, OLD);

        DurableFile.replace(file, NEW);

        assertThat(Files.readAllBytes(file)).isEqualTo(NEW);
        assertThat(namesIn(folder)).containsExactly("file");
    }

    @Test
    void onlyTheOwnerMayReadWhatIsWritten() throws IOException {
        DurableFile.replace(folder.resolve("file"), NEW);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("file"))))
                .isEqualTo("rw-------");
    }

    @Test
    void whatIsNotSyncedIsWholeAndReplacesNothingEither() throws IOException {
        Path file = folder.resolve("file");
        DurableFile.createUnsynced(file, OLD);

        assertThatThrownBy(() -> DurableFile.createUnsynced(file, NEW)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(OLD);
        assertThat(namesIn(folder)).containsExactly("file");
    }

    @Test
    void creatingNeverReplaces() throws IOException {
        Path file = folder.resolve("file");
        DurableFile.create(file, OLD);

        assertThatThrownBy(() -> DurableFile.create(file, NEW)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(OLD);
        assertThat(namesIn(folder)).containsExactly("file");
    }

    @Test
    void leavesNothingUnfinishedBehindWhenTheTargetCannotBeReplaced() throws IOException {
        Path target = folder.resolve("folder-with-content");
        Files.createDirectories(target.resolve("inner"));

        assertThatThrownBy(() -> DurableFile.replace(target, NEW)).isInstanceOf(IOException.class);
        assertThat(namesIn(folder)).containsExactly("folder-with-content");
    }

    @Test
    void madeFoldersAreOpenToTheOwnerAlone() throws IOException {
        DurableFile.makeDirectory(folder.resolve("a/b"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a/b"))))
                .isEqualTo("rwx------");
    }

    @Test
    void anInterruptedThreadStillWritesAndStaysInterrupted() throws IOException {
        Thread.currentThread().interrupt();

        DurableFile.replace(folder.resolve("file"), NEW);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(Files.readAllBytes(folder.resolve("file"))).isEqualTo(NEW);
    }

    private static Stream<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
