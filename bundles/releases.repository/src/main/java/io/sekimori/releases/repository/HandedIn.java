package io.sekimori.releases.repository;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a person handed in, signed by whomever. Immutable. */
interface HandedIn {

    /** Who handed it in, with the address. */
    String actor();

    /** How long a file is with this alone. */
    int bytes();

    /** Who handed it in, without the address. */
    default String person() {
        return actor().split(" ", 2)[0];
    }

    /**
     * As many as there is room for: the newest of each person before the second of anybody, and of these the short ones
     * first, so that nobody pushes out what others brought.
     */
    static <T extends HandedIn> List<T> fitting(List<T> newestFirst, int most, long mostBytes) {
        Map<String, Integer> counts = new HashMap<>();
        TreeMap<Integer, List<T>> turns = new TreeMap<>();
        for (T one : newestFirst) {
            int turn = counts.merge(one.person(), 1, Integer::sum);
            turns.computeIfAbsent(turn, first -> new ArrayList<>()).add(one);
        }
        List<T> fitting = new ArrayList<>();
        long bytes = 0;
        for (List<T> turn : turns.values()) {
            turn.sort(Comparator.comparingInt(HandedIn::bytes));
            for (T one : turn) {
                int more = one.bytes();
                if (fitting.size() < most && bytes + more <= mostBytes) {
                    fitting.add(one);
                    bytes += more;
                }
            }
        }
        return fitting;
    }

    /** How many of one content a person has handed in, the most of them; {@code actors} asks for those of a content. */
    static int most(Connection connection, String actors, Set<String> contents, String person, Instant now)
            throws SQLException {
        int most = 0;
        try (PreparedStatement select = connection.prepareStatement(actors)) {
            for (String content : contents) {
                select.setString(1, content);
                select.setLong(2, now.getEpochSecond());
                int count = 0;
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        count += row.getString(1).split(" ", 2)[0].equals(person) ? 1 : 0;
                    }
                }
                most = Math.max(most, count);
            }
        }
        return most;
    }
}
