package io.sekimori.cli.console;

import io.sekimori.cli.Shell;
import io.sekimori.records.sql.SqlRecords;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Where records are: in the unit, or in a PostgreSQL database that is named. */
final class RecordsPlace {

    /** How the connection is protected, as {@code io.sekimori.records.sql} calls it. */
    enum Tls {
        VERIFIED,
        LOCAL
    }

    @Option(names = "--url", paramLabel = "JDBC-URL", descriptionKey = "records.url")
    private Optional<String> url = Optional.empty();

    @Option(names = "--user", paramLabel = "NAME", descriptionKey = "records.user")
    private Optional<String> user = Optional.empty();

    @Option(names = "--password-file", paramLabel = "FILE", descriptionKey = "records.passwordFile")
    private Optional<Path> passwordFile = Optional.empty();

    @Option(names = "--tls", paramLabel = "VERIFIED|LOCAL", descriptionKey = "records.tls")
    private Optional<Tls> tls = Optional.empty();

    @Option(names = "--root-certificate", paramLabel = "FILE", descriptionKey = "records.rootCertificate")
    private Optional<Path> rootCertificate = Optional.empty();

    /** To be closed. */
    SqlRecords open(Path unit, Shell shell) {
        Map<String, Object> values = new TreeMap<>();
        url.ifPresent(value -> values.put("url", value));
        user.ifPresent(value -> values.put("user", value));
        passwordFile.ifPresent(
                value -> values.put("password.file", shell.resolve(value).toString()));
        tls.ifPresent(value -> values.put("tls", value.name()));
        rootCertificate.ifPresent(
                value -> values.put("root.certificate", shell.resolve(value).toString()));
        return SqlRecords.ofUnit(unit, values);
    }
}
