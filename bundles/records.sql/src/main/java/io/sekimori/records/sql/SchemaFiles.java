package io.sekimori.records.sql;

import io.sekimori.records.Dialect;
import io.sekimori.records.RecordsCode;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/** The migrations of a schema, read through its class loader, so that Flyway searches no class path. Immutable. */
final class SchemaFiles implements ResourceProvider {

    private final List<LoadableResource> files;

    SchemaFiles(Schema schema, Dialect dialect) throws RecordsException {
        List<LoadableResource> found = new ArrayList<>();
        for (String name : schema.migrations()) {
            found.add(new SqlFile(name, read(schema, dialect, name)));
        }
        files = List.copyOf(found);
    }

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return files.stream()
                .filter(file -> file.getFilename().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return files.stream()
                .filter(file -> file.getFilename().startsWith(prefix))
                .filter(file -> List.of(suffixes).stream()
                        .anyMatch(suffix -> file.getFilename().endsWith(suffix)))
                .toList();
    }

    /** The file of that name, in the variant of the database. */
    static String read(Schema schema, Dialect dialect, String name) throws RecordsException {
        String own = schema.folder() + "/" + dialect.folder() + "/" + name;
        String common = schema.folder() + "/" + name;
        for (String path : List.of(own, common)) {
            try (InputStream in = schema.resources().getResourceAsStream(path)) {
                if (in != null) {
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            } catch (IOException e) {
                throw failed(path + " cannot be read", e);
            }
        }
        throw failed(common + " is missing", null);
    }

    private static RecordsException failed(String detail, @Nullable IOException cause) {
        return new RecordsException(RecordsCode.RECORDS_MIGRATION_FAILED, detail, cause);
    }

    /** One file. Its path is its name alone: what Flyway keeps in the database is the same on every machine. */
    private static final class SqlFile extends LoadableResource {

        private final String name;
        private final String text;

        SqlFile(String name, String text) {
            this.name = name;
            this.text = text;
        }

        @Override
        public Reader read() {
            return new StringReader(text);
        }

        @Override
        public String getAbsolutePath() {
            return name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
