package io.sekimori.rollouts.waves;

import io.sekimori.rollouts.BundleChange;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a later rollout has brought to a gateway is not undone by a wave of an earlier one that comes after it: of one part the newest
 * wish counts, whoever's turn it is. What the two do not have in common is brought by either. Stateless.
 */
final class Overtaking {

    private Overtaking() {}

    /** A rollout that began later, and what it changes otherwise. */
    private record Later(String id, String parts) {}

    /** Settles the waiting targets of open waves whose gateways a later rollout has brought something else of the same. */
    static void settle(Connection connection, Rollout rollout, Instant now) throws SQLException {
        for (Later later : later(connection, rollout)) {
            Parameters.update(
                    connection,
                    "update rollouts_target set state = 'CANCELLED', code = ?, detail = ?, settled_at = ?"
                            + " where rollout_id = ? and wave <= ? and state = 'WAITING' and claimed_until <= ?"
                            + " and exists (select 1 from rollouts_target o where o.rollout_id = ?"
                            + " and o.gateway_id = rollouts_target.gateway_id and o.assignment > 0"
                            + " and (o.state = 'SILENT' or " + TargetRows.took("o") + "))",
                    RolloutCode.SUPERSEDED.name(),
                    later.id() + ": " + later.parts(),
                    now.toEpochMilli(),
                    rollout.id(),
                    rollout.wave(),
                    now.toEpochMilli(),
                    later.id());
        }
    }

    private static List<Later> later(Connection connection, Rollout rollout) throws SQLException {
        List<Later> later = new ArrayList<>();
        try (PreparedStatement statement = Parameters.prepare(
                        connection,
                        "select id, changes from rollouts_rollout where created_at > ? and rolls_back <> ? order by created_at, id",
                        List.of(rollout.created().toEpochMilli(), rollout.id()));
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                List<String> parts = otherwise(rollout.changes(), ChangesText.read(row.getString(2)));
                if (!parts.isEmpty()) {
                    later.add(new Later(row.getString(1), shown(parts)));
                }
            }
        }
        return later;
    }

    /** The parts that both change, and not to the same version, or not to the same start level where both name one. */
    private static List<String> otherwise(List<BundleChange> earlier, List<BundleChange> later) {
        Map<String, BundleChange> before = new HashMap<>();
        earlier.forEach(change -> before.put(part(change), change));
        return later.stream()
                .filter(change -> before.containsKey(part(change)) && isOtherwise(before.get(part(change)), change))
                .map(BundleChange::symbolicName)
                .toList();
    }

    private static boolean isOtherwise(BundleChange earlier, BundleChange later) {
        boolean levels = earlier.startLevel().isPresent()
                && later.startLevel().isPresent()
                && !earlier.startLevel().equals(later.startLevel());
        return levels || !wanted(earlier).equals(wanted(later));
    }

    // A gateway has one Java runtime, whatever it is called.
    private static String part(BundleChange change) {
        return change.kind() == BundleChange.Kind.JAVA ? "JAVA" : change.kind() + " " + change.symbolicName();
    }

    private static Optional<String> wanted(BundleChange change) {
        return change.version().map(version -> change.symbolicName() + "/" + version);
    }

    private static String shown(List<String> parts) {
        String text = String.join(", ", parts);
        return text.length() > 1_500 ? text.substring(0, 1_500) + "…" : text;
    }
}
