package io.sekimori.itests.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.trust.CanonicalJson;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.KeyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A thief with the keys and the database of a console that assigns to one gateway, while that console is off. */
final class StolenRecords {

    private static final Pattern DEVICE = Pattern.compile("(\"device\"\\s*:\\s*)\"[0-9a-f]{64}\"");
    private static final Pattern NUMBER = Pattern.compile("(\"version\"\\s*:\\s*)[0-9]+");
    private static final Pattern HASH = Pattern.compile("(\"sha256\"\\s*:\\s*)\"[0-9a-f]{64}\"");

    private final Path unit;

    /** @param unit the console's own */
    StolenRecords(Path unit) {
        this.unit = unit;
    }

    /** What the gateway is assigned. */
    String assignment() throws SQLException {
        try (Connection connection = open();
                PreparedStatement select = connection.prepareStatement("select document from releases_assignment");
                ResultSet row = select.executeQuery()) {
            assertThat(row.next()).isTrue();
            String document = row.getString(1);
            assertThat(row.next()).isFalse();
            return document;
        }
    }

    /** Has the console serve another. */
    void assigns(String document) throws SQLException {
        change("update releases_assignment set document = ?", document);
    }

    /** Has the console go on with a rollout that has ended, and bring everybody another version. */
    void rollsOn(String rollout, String symbolicName, String version) throws SQLException {
        String changes = "{\"changes\":[{\"symbolicName\":\"" + symbolicName + "\",\"version\":\"" + version + "\"}]}";
        change(
                "update rollouts_target set state = 'WAITING', code = '', claimed_until = 0, settled_at = 0,"
                        + " changes = ? where rollout_id = ?",
                changes,
                rollout);
        change("update rollouts_rollout set state = 'RUNNING', changes = ? where id = ?", changes, rollout);
    }

    /** The number of an assignment. */
    static long number(String document) {
        var number = NUMBER.matcher(document);
        assertThat(number.find()).isTrue();
        return Long.parseLong(number.group().replaceAll("\\D", ""));
    }

    /** With another number. */
    static UnaryOperator<String> numbered(long number) {
        return document -> NUMBER.matcher(document).replaceAll("$1" + number);
    }

    /** For another gateway. */
    static String forAnother(String document) {
        return changed(DEVICE, document);
    }

    /** With other bytes of one of the releases. */
    static String ofOtherBytes(String document) {
        return changed(HASH, document);
    }

    private static String changed(Pattern part, String document) {
        String other = part.matcher(document).replaceFirst("$1\"" + "e".repeat(64) + "\"");
        assertThat(other).isNotEqualTo(document);
        return other;
    }

    /** Signs what a document says, with those of the console's keys that had signed it. */
    String signs(String document) throws Exception {
        Map<String, ?> said = JsonObject.parse(document.getBytes(StandardCharsets.UTF_8))
                .object("signed")
                .asMap();
        String signers = document.substring(0, document.indexOf("\"signed\""));
        for (KeyFile key : keys()) {
            String id = key.publicKey().keyId();
            if (signers.contains(id)) {
                String signature = HexFormat.of().formatHex(key.sign(CanonicalJson.bytes(said)));
                Map<String, Object> file = new TreeMap<>();
                file.put("signatures", List.of(Map.of("keyid", id, "sig", signature)));
                file.put("signed", said);
                return new String(JsonText.bytes(file), StandardCharsets.UTF_8);
            }
        }
        throw new AssertionError("the key that signed this is not among those of the console");
    }

    private List<KeyFile> keys() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(unit.resolve("data/io.sekimori.releases.repository/keys"))) {
            files = all.filter(file -> file.toString().endsWith(".key")).toList();
        }
        List<KeyFile> keys = new ArrayList<>();
        for (Path file : files) {
            keys.add(KeyFile.read(file));
        }
        return keys;
    }

    private void change(String statement, String... values) throws SQLException {
        try (Connection connection = open();
                PreparedStatement update = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                update.setString(i + 1, values[i]);
            }
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private Connection open() throws SQLException {
        Path records = unit.resolve("data/io.sekimori.records.sql/records").toAbsolutePath();
        return DriverManager.getConnection(
                "jdbc:h2:" + records + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;IFEXISTS=TRUE", "sa", "");
    }
}
