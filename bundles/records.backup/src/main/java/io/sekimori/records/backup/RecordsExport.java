package io.sekimori.records.backup;

import io.sekimori.durable.DurableFile;
import io.sekimori.records.Records;
import io.sekimori.records.RecordsException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.ObjLongConsumer;

/**
 * All records in one file that belongs to no database. It carries the SQL that makes the tables, so whoever could change
 * it would have the database, and on H2 the console's machine, do anything: it is read only if it has the SHA-256 that it
 * was written with, which does not travel with it. Stateless.
 */
public final class RecordsExport {

    private static final String UNFINISHED = ".import-";

    private RecordsExport() {}

    /**
     * What was written.
     *
     * @param facts what each table holds
     * @param sha256 of the file, 64 lower-case hex digits
     */
    public record Written(SortedMap<String, TableFacts> facts, String sha256) {}

    /**
     * Writes all records to a new file, whole or not at all.
     *
     * @param target a file that does not exist; readable by its owner alone
     * @param progress told the table and the rows written of it, now and then
     */
    public static Written write(Records records, Path target, ObjLongConsumer<String> progress)
            throws RecordsException, DataException, IOException {
        return NewFile.write(
                target,
                file -> {
                    DigestOutputStream out = new DigestOutputStream(file, sha256());
                    SortedMap<String, TableFacts> facts = RecordsCopy.write(records, out, progress);
                    out.flush();
                    return new Written(facts, hex(out.getMessageDigest()));
                },
                unfinished -> {});
    }

    /**
     * Fills empty records from such a file.
     *
     * @param sha256 what {@link #write} answered
     * @param folder where nobody but this user can write; a copy lies there meanwhile
     * @throws DataException {@link DataCode#DATA_FOREIGN} before a byte of it is believed; else as {@link RecordsCopy#read}
     */
    public static SortedMap<String, TableFacts> read(
            Path file, String sha256, Path folder, Records records, ObjLongConsumer<String> progress)
            throws RecordsException, DataException, IOException {
        forgetUnfinished(folder);
        // A name of its own: an import beside this one must not put its file under this one's hash.
        Path copy = folder.resolve(UNFINISHED + UUID.randomUUID());
        DurableFile.makeFile(copy);
        try {
            // What was hashed is what is read, whoever writes to the file meanwhile.
            if (!copied(file, copy).equals(sha256)) {
                throw new DataException(DataCode.DATA_FOREIGN, "its SHA-256 is not " + sha256, null);
            }
            return RecordsCopy.read(() -> Files.newInputStream(copy), records, progress);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /** Those that the power ended. An import that is under way loses its copy, too, and fails. */
    private static void forgetUnfinished(Path folder) throws IOException {
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, UNFINISHED + "*")) {
            for (Path file : unfinished) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static String copied(Path file, Path copy) throws IOException {
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), sha256());
                OutputStream out = new FileOutputStream(copy.toFile())) {
            in.transferTo(out);
            return hex(in.getMessageDigest());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
