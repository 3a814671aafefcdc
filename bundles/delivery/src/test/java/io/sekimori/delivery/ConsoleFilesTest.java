package io.sekimori.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.update.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleFilesTest {

    private static final String HASH = "ab".repeat(32);

    @TempDir
    private Path directory;

    private ConsoleServer server;
    private ConsoleFiles console;

    @BeforeEach
    void begin() throws Exception {
        server = new ConsoleServer(directory);
        console = server.console();
        server.files.put("release/timestamp.json", bytes("0123456789"));
        server.files.put("director/targets.json", bytes("assigned"));
        server.files.put("targets/" + HASH, bytes("0123456789"));
    }

    @AfterEach
    void end() {
        server.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String read(long offset) throws IOException {
        try (SourceFile file = console.open(HASH, offset)) {
            return file.offset() + ":" + new String(file.bytes().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void metadataComesFromItsRepository() throws IOException {
        assertThat(console.releaseMetadata("timestamp.json", 100)).contains(bytes("0123456789"));
        assertThat(console.directorMetadata("targets.json", 100)).contains(bytes("assigned"));
        assertThat(console.releaseMetadata("2.root.json", 100)).isEmpty();
    }

    @Test
    void noMoreIsReadThanShowsThatThereIsMore() throws IOException {
        assertThat(console.releaseMetadata("timestamp.json", 4)).contains(bytes("01234"));
    }

    @Test
    void aNetworkThatFallsSilentInTheMiddleHoldsUpNobodyForEver() {
        server.silent = true;
        ConsoleFiles impatient = new ConsoleFiles(server.address(), server.client(), Duration.ofSeconds(2));

        assertThatThrownBy(() -> impatient.releaseMetadata("timestamp.json", 100))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aFileIsReadFromWhereItBrokeOff() throws IOException {
        assertThat(read(0)).isEqualTo("0:0123456789");
        assertThat(read(6)).isEqualTo("6:6789");
    }

    @Test
    void aServerWithoutRangesBeginsAgain() throws IOException {
        server.ranges = false;

        assertThat(read(6)).isEqualTo("0:0123456789");
    }

    @Test
    void aFileThatIsNotThereIsNotAskedForAgain() {
        assertThatThrownBy(() -> console.open("cd".repeat(32), 0)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aRefusalIsAFailureAndNotAnEmptyAnswer() {
        server.answer = 403;

        assertThatThrownBy(() -> console.directorMetadata("targets.json", 100))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("403");
        assertThatThrownBy(() -> console.open(HASH, 0)).hasMessageContaining("403");
        assertThatThrownBy(() -> console.report(bytes("r"))).hasMessageContaining("403");
    }

    @Test
    void aReportIsHandedIn() throws IOException {
        console.report(bytes("signed"));

        assertThat(server.posted).containsExactly(bytes("signed"));
    }

    @Test
    void aServerOfAnotherAuthorityIsNotSpokenTo() throws Exception {
        ConsoleFiles other = new ConsoleFiles(server.address(), SSLContext.getDefault());

        assertThatThrownBy(() -> other.report(bytes("signed"))).isInstanceOf(IOException.class);
        assertThat(server.asked).isEmpty();
    }
}
