package io.sekimori.records.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.records.RecordsCode;
import io.sekimori.records.RecordsException;
import io.sekimori.records.kit.PostgresServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The connection to PostgreSQL is as the configuration says, or there is none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {

    private Path unit;
    private Papers papers;
    private PostgresServer server;
    private String url;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        unit = directory;
        papers = Papers.of(unit.resolve("papers"), "IP:127.0.0.1");
        server = PostgresServer.startWithTls(papers.folder());
        server.passwordFile(unit.resolve("password"));
        url = server.newDatabase();
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    private SqlRecords records(String address, String tls, String rootCertificate) {
        Map<String, String> values = new TreeMap<>(Map.of(
                "url", address, "user", PostgresServer.USER, "password.file", "password", "patience.millis", "5000"));
        values.put("tls", tls);
        values.put("root.certificate", rootCertificate);
        return SqlRecords.ofUnit(unit, values);
    }

    private static boolean isProtected(SqlRecords records) throws RecordsException {
        return records.open(Shelf.SCHEMA).read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery("select ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
                row.next();
                return row.getBoolean(1);
            }
        });
    }

    private static void assertRefused(SqlRecords records, RecordsCode code) {
        try (records) {
            assertThatExceptionOfType(RecordsException.class)
                    .isThrownBy(() -> records.open(Shelf.SCHEMA))
                    .satisfies(e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
        }
    }

    @Test
    void aServerThatItsAuthorityVouchesForIsUsedWithTls() throws Exception {
        try (SqlRecords records = records(url, "VERIFIED", "papers/ca.crt")) {
            assertThat(isProtected(records)).isTrue();
        }
    }

    @Test
    void anotherAuthoritysServerIsRefused() throws Exception {
        Papers others = Papers.of(unit.resolve("others"), "IP:127.0.0.1");

        assertRefused(records(url, "VERIFIED", others.authority().toString()), RecordsCode.RECORDS_UNTRUSTED);
    }

    @Test
    void withoutAnAuthorityOfItsOwnOnlyPublicOnesAreBelieved() {
        assertRefused(records(url, "VERIFIED", ""), RecordsCode.RECORDS_UNTRUSTED);
    }

    @Test
    void aServerWithAnotherNameIsRefused() throws Exception {
        Papers named = Papers.of(unit.resolve("named"), "DNS:database.example");
        try (PostgresServer other = PostgresServer.startWithTls(named.folder())) {
            assertRefused(records(other.newDatabase(), "VERIFIED", "named/ca.crt"), RecordsCode.RECORDS_UNREACHABLE);
        }
    }

    @Test
    void aServerWithoutTlsIsToldNothing() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Integer> more = CompletableFuture.supplyAsync(() -> afterSayingNo(socket));

            assertRefused(
                    records(
                            "jdbc:postgresql://127.0.0.1:" + socket.getLocalPort() + "/test",
                            "VERIFIED",
                            "papers/ca.crt"),
                    RecordsCode.RECORDS_MISCONFIGURED);

            assertThat(more.get()).isEqualTo(-1);
        }
    }

    /** Answers the wish for TLS with no, as such a server does; what it is told then. */
    private static int afterSayingNo(ServerSocket socket) {
        try (Socket client = socket.accept()) {
            client.getInputStream().readNBytes(8);
            client.getOutputStream().write('N');
            client.getOutputStream().flush();
            return client.getInputStream().read();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void withoutTlsThisMachineAloneIsAllowed() throws Exception {
        try (SqlRecords records = records(url, "LOCAL", "")) {
            assertThat(isProtected(records)).isFalse();
        }
        assertRefused(records("jdbc:postgresql://192.0.2.1/test", "LOCAL", ""), RecordsCode.RECORDS_MISCONFIGURED);
        assertRefused(
                records(url + "?sslmode=disable", "VERIFIED", "papers/ca.crt"), RecordsCode.RECORDS_MISCONFIGURED);
    }
}
