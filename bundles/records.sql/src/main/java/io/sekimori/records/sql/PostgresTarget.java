package io.sekimori.records.sql;

import io.sekimori.records.Dialect;
import io.sekimori.records.RecordsCode;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Work;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** A PostgreSQL server, whose serializable transactions are what a write promises. */
final class PostgresTarget implements Target {

    /** Any number will do as long as all consoles have the same. */
    private static final long MIGRATION_LOCK = 0x73656b696d6f7269L;

    private static final String PREFIX = "jdbc:postgresql://";
    private static final int CONNECT_SECONDS = 10;
    private static final int ANSWER_SECONDS = 60;

    private final Settings settings;
    private final Path unit;

    PostgresTarget(Settings settings, Path unit) {
        this.settings = settings;
        this.unit = unit;
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    @Override
    public DataSource dataSource() throws RecordsException {
        // Parameters in the address could turn the certificate check off, or name a class to be loaded.
        if (!settings.url().matches("jdbc:postgresql://[A-Za-z0-9.:\\[\\]-]+/[A-Za-z0-9_.-]+")) {
            throw misconfigured("the address is not " + PREFIX + "host:port/database without parameters");
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(settings.url());
        source.setUser(settings.user());
        source.setPassword(PasswordFile.read(unit.resolve(settings.passwordFile())));
        source.setApplicationName("sekimori");
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(ANSWER_SECONDS);
        source.setTcpKeepAlive(true);
        source.setPreferQueryMode(PreferQueryMode.EXTENDED);
        // What a write returns for is on disk, whatever the server's default is.
        source.setOptions("-c synchronous_commit=on -c timezone=UTC");
        protect(source);
        return source;
    }

    private void protect(PGSimpleDataSource source) throws RecordsException {
        if (settings.tls() == Settings.Tls.LOCAL) {
            for (String host : source.getServerNames()) {
                requireLoopback(String.valueOf(host));
            }
            source.setSslMode("disable");
            return;
        }
        source.setSslMode("verify-full");
        if (settings.rootCertificate().isEmpty()) {
            source.setSslfactory("org.postgresql.ssl.DefaultJavaSSLFactory");
        } else {
            source.setSslRootCert(unit.resolve(settings.rootCertificate()).toString());
        }
    }

    private static void requireLoopback(String host) throws RecordsException {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    throw misconfigured("without TLS only this machine is allowed, and " + host + " is another");
                }
            }
        } catch (UnknownHostException e) {
            throw new RecordsException(RecordsCode.RECORDS_UNREACHABLE, host + " is not known", e);
        }
    }

    @Override
    public void prepare(Connection connection) {
        // Everything comes with the migrations.
    }

    @Override
    public void beginRead(Connection connection) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work, Turns.Writer writer)
            throws SQLException, RecordsException {
        return writer.write(work); // the server lets transactions that do not meet go side by side
    }

    @Override
    public void beginWrite(Connection connection) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        connection.setReadOnly(false);
    }

    @Override
    public void beginMigration(Connection connection) throws SQLException {
        // Flyway's own lock does not cover the very first step, which makes its history.
        try (PreparedStatement lock = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
            lock.setLong(1, MIGRATION_LOCK);
            lock.execute();
        }
    }

    @Override
    public void endRead(Connection connection) throws SQLException {
        connection.commit();
    }

    @Override
    public void harden(Connection connection) {
        // The commit itself is durable.
    }

    @Override
    public String doubt(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_setting('fsync')")) {
            return row.next() && row.getString(1).equals("off") ? "the server runs with fsync off" : "";
        }
    }

    @Override
    public String place() {
        return "PostgreSQL at " + settings.url().substring(PREFIX.length());
    }

    private static RecordsException misconfigured(String detail) {
        return new RecordsException(RecordsCode.RECORDS_MISCONFIGURED, detail, null);
    }
}
