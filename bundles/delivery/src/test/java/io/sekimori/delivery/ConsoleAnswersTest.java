package io.sekimori.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.update.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a console's answers mean, and that no connection stays open behind one that was refused. */
class ConsoleAnswersTest {

    private static final String HASH = "ab".repeat(32);
    private static final byte[] SIGNED = "signed".getBytes(StandardCharsets.UTF_8);

    private ConsoleServer server;
    private ConsoleFiles console;

    @BeforeEach
    void begin() throws Exception {
        server = new ConsoleServer();
        console = server.console();
        server.files.put("director/targets.json", SIGNED);
        server.files.put("targets/" + HASH, SIGNED);
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void itIsCalledByItsAddress() {
        assertThat(console.name()).isEqualTo("console " + server.address().getAuthority());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204, 299})
    void aReportIsTakenByAnySuccess(int status) throws IOException {
        server.answerToReports = status;

        assertThat(console.report(SIGNED)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void aReportThatIsRefusedForWhatItIsIsNotSentAgain(int status) throws IOException {
        server.answerToReports = status;

        assertThat(console.report(SIGNED)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 401, 404, 429, 500, 503})
    void aReportThatIsNotTakenNowIsKept(int status) {
        server.answerToReports = status;

        assertThatThrownBy(() -> console.report(SIGNED))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(String.valueOf(status));
    }

    @Test
    void whatTheConsoleHasOfWithdrawalsIsRememberedIfItCanBeAHash() throws IOException {
        assertThat(console.withdrawals()).isEmpty();

        server.withdrawals = "a".repeat(64);
        console.directorMetadata("targets.json", 100);
        assertThat(console.withdrawals()).isEqualTo("a".repeat(64));

        server.withdrawals = "b".repeat(65);
        console.directorMetadata("targets.json", 100);
        assertThat(console.withdrawals()).isEqualTo("a".repeat(64));
    }

    @Test
    void aWholeFileIsAskedForWithoutARange() throws IOException {
        try (SourceFile file = console.open(HASH, 0)) {
            assertThat(file.bytes().readAllBytes()).isEqualTo(SIGNED);
        }

        assertThat(server.rangesAsked).isEmpty();
    }

    @Test
    void whoeverIsInterruptedHearsOfItAndStaysInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> console.report(SIGNED))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    /** A console, or whoever answers in its place, cannot hold connections of a gateway that wants nothing more of it. */
    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void noConnectionIsHeldByAFileThatIsRefused(int status) throws Exception {
        server.endless = status;

        assertThatThrownBy(() -> console.open(HASH, 0)).isInstanceOf(IOException.class);
        assertThat(server.left.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void noConnectionIsHeldByTheAnswerToAReport() throws Exception {
        server.endless = 200;

        assertThat(console.report(SIGNED)).isTrue();
        assertThat(server.left.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void noConnectionIsHeldByAReportThatIsRefused() throws Exception {
        server.endless = 503;

        assertThatThrownBy(() -> console.report(SIGNED)).isInstanceOf(IOException.class);
        assertThat(server.left.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 403, 404})
    void noConnectionIsHeldByMetadata(int status) throws Exception {
        server.endless = status;

        try {
            console.directorMetadata("targets.json", 100);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("403");
        }
        assertThat(server.left.await(60, TimeUnit.SECONDS)).isTrue();
    }
}
