package io.sekimori.records;

import java.util.List;
import java.util.Objects;

/**
 * The tables of one area and how they came to be: SQL files, run in order, each once per database. A file that was
 * released never changes. As a console may go back to the release before, a migration leaves what that one reads.
 *
 * @param name the area, {@code a-z 0-9 _}, at most 30 characters; its tables begin with it and an underscore, and so
 *     does the table that keeps which migrations were run
 * @param resources where the files are
 * @param folder their folder, such as {@code io/sekimori/fleet/records/migrations}; a file that differs between
 *     databases lies in {@link Dialect#folder()} below it
 * @param migrations the file names in order, {@code V1__first.sql}, {@code V2__second.sql} and so on
 */
public record Schema(String name, ClassLoader resources, String folder, List<String> migrations) {

    /** @throws IllegalArgumentException if a name is malformed, or the migrations are not numbered from 1 */
    public Schema {
        if (!name.matches("[a-z][a-z0-9_]{0,29}")) {
            throw new IllegalArgumentException("not the name of an area: " + name);
        }
        Objects.requireNonNull(resources, "resources");
        if (folder.isEmpty() || folder.startsWith("/") || folder.endsWith("/")) {
            throw new IllegalArgumentException("not a folder of resources: " + folder);
        }
        migrations = List.copyOf(migrations);
        for (int i = 0; i < migrations.size(); i++) {
            if (!migrations.get(i).matches("V" + (i + 1) + "__[a-z0-9_]+\\.sql")) {
                throw new IllegalArgumentException("migration " + (i + 1) + " is named " + migrations.get(i));
            }
        }
    }

    /**
     * A schema whose files lie in {@code migrations} beside {@code owner}.
     *
     * @param name the area
     * @param owner a class of the bundle that has the files
     * @param migrations the file names in order
     */
    public static Schema beside(String name, Class<?> owner, String... migrations) {
        return new Schema(
                name,
                owner.getClassLoader(),
                owner.getPackageName().replace('.', '/') + "/migrations",
                List.of(migrations));
    }
}
