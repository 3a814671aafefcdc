package io.sekimori.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.identity.HttpProxy;
import io.sekimori.update.SourceFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleFilesTest {

    private static final String HASH = "ab".repeat(32);

    private ConsoleServer server;
    private ConsoleFiles console;

    @BeforeEach
    void begin() throws Exception {
        server = new ConsoleServer();
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
        ConsoleFiles impatient =
                new ConsoleFiles(server.address(), server.client(), Optional.empty(), Duration.ofSeconds(2));

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
        assertThat(console.report(bytes("signed"))).isTrue();

        assertThat(server.posted).containsExactly(bytes("signed"));
    }

    @Test
    void aProxyIsAskedForTheWayAndSaidToRefuse() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> refuse(proxy));
            HttpProxy way = new HttpProxy("127.0.0.1", proxy.getLocalPort(), Optional.empty());
            ConsoleFiles behind =
                    new ConsoleFiles(URI.create("https://console.invalid"), server.client(), Optional.of(way));

            assertThatThrownBy(() -> behind.report(bytes("signed")))
                    .hasMessageContaining("proxy")
                    .hasMessageContaining("407");
            assertThat(asked.get(60, TimeUnit.SECONDS)).startsWith("CONNECT console.invalid:443 HTTP/1.1");
        }
    }

    private static String refuse(ServerSocket proxy) {
        try (Socket near = proxy.accept();
                BufferedReader in = new BufferedReader(new InputStreamReader(near.getInputStream(), US_ASCII))) {
            String first = in.readLine();
            for (String line = first; !line.isEmpty(); line = in.readLine()) {}
            near.getOutputStream()
                    .write("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"
                            .getBytes(US_ASCII));
            return first;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aServerOfAnotherAuthorityIsNotSpokenTo() throws Exception {
        ConsoleFiles other = new ConsoleFiles(server.address(), SSLContext.getDefault(), Optional.empty());

        assertThatThrownBy(() -> other.report(bytes("signed"))).isInstanceOf(IOException.class);
        assertThat(server.asked).isEmpty();
    }
}
