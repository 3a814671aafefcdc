package io.sekimori.authority.ca;

import io.sekimori.authority.GatewayCertificate;
import io.sekimori.authority.GatewayCertificate.State;
import io.sekimori.trust.Sha256;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the authority remembers, in SQL that both databases speak. Confined to one transaction. */
final class Register {

    private static final String CERTIFICATE =
            "select gateway_id, device_key, serial_number, not_before, not_after, state, certificate"
                    + " from authority_certificate ";

    // A renewed certificate came of no activation, so an old device that renews revokes nobody.
    private static final String REPLACED = "where gateway_id = ? and device_key <> ? and state <> ? and exists"
            + " (select 1 from authority_activation where gateway_id = ? and serial_number = ?)";

    private final Connection connection;

    Register(Connection connection) {
        this.connection = connection;
    }

    /** An activation; {@code serialNumber} is that of the certificate made with it, if one was. */
    record Invitation(String codeSha256, Instant notAfter, Optional<String> serialNumber) {}

    /** A certificate and its bytes. */
    record Entry(GatewayCertificate facts, byte[] der) {}

    /** A certificate that is revoked. */
    record Revoked(BigInteger serialNumber, Instant at) {}

    void invite(String gatewayId, String codeSha256, Instant notAfter) throws SQLException {
        uninvite(gatewayId);
        update(
                "insert into authority_activation (gateway_id, code_sha256, not_after) values (?, ?, ?)",
                gatewayId,
                codeSha256,
                notAfter.getEpochSecond());
    }

    void uninvite(String gatewayId) throws SQLException {
        update("delete from authority_activation where gateway_id = ?", gatewayId);
    }

    Optional<Invitation> invitation(String gatewayId) throws SQLException {
        try (PreparedStatement statement = prepare(
                        "select code_sha256, not_after, serial_number from authority_activation where gateway_id = ?",
                        gatewayId);
                ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new Invitation(
                            row.getString(1),
                            Instant.ofEpochSecond(row.getLong(2)),
                            Optional.ofNullable(row.getString(3))))
                    : Optional.empty();
        }
    }

    /** Binds the activation of a gateway to the key of a certificate that was recorded. */
    void bind(GatewayCertificate facts) throws SQLException {
        update(
                "update authority_activation set serial_number = ? where gateway_id = ?",
                facts.serialNumber(),
                facts.gatewayId());
    }

    /** Records a certificate. */
    void add(Entry entry) throws SQLException {
        GatewayCertificate facts = entry.facts();
        update(
                "insert into authority_certificate (serial_number, gateway_id, device_key, not_before, not_after, state,"
                        + " certificate) values (?, ?, ?, ?, ?, ?, ?)",
                facts.serialNumber(),
                facts.gatewayId(),
                facts.deviceKey(),
                facts.notBefore().getEpochSecond(),
                facts.notAfter().getEpochSecond(),
                facts.state().name(),
                Base64.getEncoder().encodeToString(entry.der()));
    }

    /** How many certificates a gateway was given since a moment. */
    int countSince(String gatewayId, Instant since) throws SQLException {
        try (PreparedStatement statement = prepare(
                        "select count(*) from authority_certificate where gateway_id = ? and not_before > ?",
                        gatewayId,
                        since.getEpochSecond());
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    Optional<Entry> certificate(String serialNumber) throws SQLException {
        return entry(CERTIFICATE + "where serial_number = ?", serialNumber);
    }

    Optional<Entry> newest(String gatewayId) throws SQLException {
        return entry(CERTIFICATE + "where gateway_id = ? order by not_before desc, serial_number limit 1", gatewayId);
    }

    /** The newest certificate of a gateway that nobody has used yet. */
    Optional<Entry> unused(String gatewayId) throws SQLException {
        return entry(
                CERTIFICATE
                        + "where gateway_id = ? and state = 'ISSUED' order by not_before desc, serial_number limit 1",
                gatewayId);
    }

    /** Records that a certificate was seen in use. */
    void used(String serialNumber) throws SQLException {
        update(
                "update authority_certificate set state = ? where serial_number = ? and state = ?",
                State.IN_USE.name(),
                serialNumber,
                State.ISSUED.name());
    }

    /** Revokes all certificates of a gateway that are not; answers how many there were. */
    int revoke(String gatewayId, Instant at) throws SQLException {
        return update(
                "update authority_certificate set state = ?, revoked_at = ? where gateway_id = ? and state <> ?",
                State.REVOKED.name(),
                at.getEpochSecond(),
                gatewayId,
                State.REVOKED.name());
    }

    /** How many certificates the first use of this one ends: those of other keys, if it came of the last activation. */
    int replaced(GatewayCertificate facts) throws SQLException {
        try (PreparedStatement statement =
                        prepare("select count(*) from authority_certificate " + REPLACED, replacedValues(facts));
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    /** Revokes them; answers how many there were. */
    int revokeReplaced(GatewayCertificate facts, Instant at) throws SQLException {
        List<Object> values = new ArrayList<>(List.of(State.REVOKED.name(), at.getEpochSecond()));
        values.addAll(List.of(replacedValues(facts)));
        return update("update authority_certificate set state = ?, revoked_at = ? " + REPLACED, values.toArray());
    }

    private static Object[] replacedValues(GatewayCertificate facts) {
        return new Object[] {
            facts.gatewayId(), facts.deviceKey(), State.REVOKED.name(), facts.gatewayId(), facts.serialNumber()
        };
    }

    /** Those revoked and not expired: a list need not name others (RFC 5280 3.3). */
    List<Revoked> revoked(Instant now) throws SQLException {
        List<Revoked> revoked = new ArrayList<>();
        try (PreparedStatement statement = prepare(
                        "select serial_number, revoked_at from authority_certificate"
                                + " where revoked_at is not null and not_after > ? order by revoked_at, serial_number",
                        now.getEpochSecond());
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                revoked.add(new Revoked(new BigInteger(row.getString(1), 16), Instant.ofEpochSecond(row.getLong(2))));
            }
        }
        return revoked;
    }

    /** The SHA-256 of each certificate that is neither revoked nor at its end, and for which a condition holds; sorted. */
    List<String> valid(Instant now, Predicate<byte[]> wanted) throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement statement = prepare(
                        "select certificate from authority_certificate where state <> ? and not_after > ?",
                        State.REVOKED.name(),
                        now.getEpochSecond());
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                byte[] der = Base64.getDecoder().decode(row.getString(1));
                if (wanted.test(der)) {
                    found.add(Sha256.hex(der));
                }
            }
        }
        Collections.sort(found);
        return found;
    }

    private Optional<Entry> entry(String select, String key) throws SQLException {
        try (PreparedStatement statement = prepare(select, key);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            GatewayCertificate facts = new GatewayCertificate(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    Instant.ofEpochSecond(row.getLong(4)),
                    Instant.ofEpochSecond(row.getLong(5)),
                    State.valueOf(row.getString(6)));
            return Optional.of(new Entry(facts, Base64.getDecoder().decode(row.getString(7))));
        }
    }

    private int update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate();
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
