package io.sekimori.fleet.records;

import io.sekimori.fleet.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The conditions of a filter in SQL. Words of people are always values, never part of the text.
 *
 * @param where begins with {@code where}
 * @param values in the order of the question marks
 */
record PageQuery(String where, List<Object> values) {

    static PageQuery of(Filter filter, Optional<String> after) {
        List<String> conditions = new ArrayList<>(List.of("1 = 1"));
        List<Object> values = new ArrayList<>();
        after.ifPresent(serial -> add("g.serial > ?", conditions, values, serial));
        filter.model().ifPresent(model -> add("g.model = ?", conditions, values, model));
        filter.life().ifPresent(life -> add("g.life = ?", conditions, values, life.name()));
        filter.serial()
                .ifPresent(prefix -> add("g.serial >= ? and g.serial < ?", conditions, values, prefix, behind(prefix)));
        filter.connected()
                .ifPresent(connected -> add("coalesce(c.connected, false) = ?", conditions, values, connected));
        filter.label()
                .ifPresent(label -> add(
                        "exists (select 1 from fleet_label l where l.gateway_id = g.id and l.label = ?)",
                        conditions,
                        values,
                        label));
        filter.bundle().ifPresent(bundle -> {
            String version = filter.version().isPresent() ? " and b.version = ?" : "";
            add(
                    "exists (select 1 from fleet_bundle b where b.gateway_id = g.id and b.symbolic_name = ?" + version
                            + ")",
                    conditions,
                    values,
                    bundle);
            filter.version().ifPresent(values::add);
        });
        return new PageQuery("where " + String.join(" and ", conditions), values);
    }

    /** The first text behind all that begin with {@code prefix}; serial numbers are ASCII and ordered by character. */
    private static String behind(String prefix) {
        int last = prefix.length() - 1;
        char next = (char) Math.min(prefix.charAt(last) + 1, 0xD7FF);
        return prefix.substring(0, last) + next;
    }

    private static void add(String condition, List<String> conditions, List<Object> values, Object... more) {
        conditions.add(condition);
        values.addAll(List.of(more));
    }
}
