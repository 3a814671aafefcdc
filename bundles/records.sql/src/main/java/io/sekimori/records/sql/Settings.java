package io.sekimori.records.sql;

import java.time.Duration;
import java.util.Map;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * Which database is used and how: one immutable snapshot of the configuration {@value #PID}.
 *
 * @param url the address of a PostgreSQL database; empty for H2 in a file of the unit
 * @param user its user
 * @param passwordFile the file with the user's password; relative to the unit
 * @param tls how the connection is protected
 * @param rootCertificate the file with the certificate that vouches for the server; empty for those of the system
 * @param connections how many are open at most
 * @param patience how long a caller waits for one of them, and how long for another transaction
 */
record Settings(
        String url,
        String user,
        String passwordFile,
        Tls tls,
        String rootCertificate,
        int connections,
        Duration patience) {

    static final String PID = "io.sekimori.records.sql";

    // More than the sixteen lanes of the link, so that gateways' reports never keep people and polls waiting.
    private static final int CONNECTIONS = 24;
    private static final long PATIENCE_MILLIS = 15_000;

    /** How a connection to PostgreSQL is protected. Stable names: add, never rename. */
    enum Tls {
        /** TLS; the server's certificate must be vouched for and have its name. */
        VERIFIED,
        /** None, which is allowed to this machine alone. */
        LOCAL
    }

    Settings {
        if (connections < 2 || connections > 64 || patience.toMillis() < 100 || patience.toSeconds() > 120) {
            throw new IllegalArgumentException("connections or patience are out of range");
        }
    }

    static Settings of(Config config) {
        return new Settings(
                config.url().strip(),
                config.user(),
                config.password_file(),
                Tls.valueOf(config.tls()),
                config.root_certificate(),
                config.connections(),
                Duration.ofMillis(config.patience_millis()));
    }

    /** As the configuration service would make it of these values. */
    static Settings of(Map<String, ?> values) {
        return new Settings(
                text(values, "url", ""),
                text(values, "user", ""),
                text(values, "password.file", ""),
                Tls.valueOf(text(values, "tls", Tls.VERIFIED.name())),
                text(values, "root.certificate", ""),
                Integer.parseInt(text(values, "connections", String.valueOf(CONNECTIONS))),
                Duration.ofMillis(Long.parseLong(text(values, "patience.millis", String.valueOf(PATIENCE_MILLIS)))));
    }

    private static String text(Map<String, ?> values, String name, String usual) {
        Object value = values.get(name);
        return value == null ? usual : value.toString().strip();
    }

    @ObjectClassDefinition(
            name = "Sekimori records",
            description = "The console's database: H2 in a file, or a PostgreSQL server")
    @interface Config {

        @AttributeDefinition(
                name = "Address",
                description = "jdbc:postgresql://host:port/database; empty for H2 in a file of the console")
        String url() default "";

        @AttributeDefinition(name = "User", description = "The user of PostgreSQL", required = false)
        String user() default "";

        @AttributeDefinition(
                name = "Password file",
                description =
                        "A file with the password in its first line, which nobody but the console's user can read;"
                                + " relative to the unit",
                required = false)
        String password_file() default "";

        @AttributeDefinition(
                name = "TLS",
                description = "VERIFIED: TLS with the server's certificate checked; LOCAL: none, to this machine alone",
                options = {@Option(value = "VERIFIED", label = "Verified"), @Option(value = "LOCAL", label = "Local")})
        String tls() default "VERIFIED";

        @AttributeDefinition(
                name = "Root certificate",
                description =
                        "A PEM file with what vouches for the server; relative to the unit; empty for the system's",
                required = false)
        String root_certificate() default "";

        @AttributeDefinition(
                name = "Connections",
                description = "How many are open at most; 2 to 64",
                min = "2",
                max = "64")
        int connections() default CONNECTIONS;

        @AttributeDefinition(
                name = "Patience",
                description = "Milliseconds that a caller waits for a connection or for another; 100 to 120000",
                min = "100",
                max = "120000")
        long patience_millis() default PATIENCE_MILLIS;
    }
}
