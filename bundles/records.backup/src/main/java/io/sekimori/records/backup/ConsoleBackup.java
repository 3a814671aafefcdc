package io.sekimori.records.backup;

import io.sekimori.durable.DurableFile;
import io.sekimori.records.Records;
import io.sekimori.records.RecordsException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * What a console cannot be made again without, in one encrypted file: its records, and files of its unit such as the keys
 * of the authority and of the director. Made while the console works: the records are those of one moment, and each file
 * is whole since files of a unit are replaced and never changed. Sessions and activation codes are left out: whoever
 * restores it signs in again and hands out new activations. Stateless.
 */
public final class ConsoleBackup {

    /** What is taken beside the records, relative to the unit: keys, authority, metadata and settings, no jars. */
    public static final List<String> FOLDERS = List.of(
            "data/io.sekimori.keys.file",
            "data/io.sekimori.authority.ca",
            "data/io.sekimori.releases.repository",
            "data/io.sekimori.config.admin");

    private static final List<String> LEFT_OUT = List.of("data/io.sekimori.releases.repository/files");
    /**
     * What somebody could use once more after a restore, although it was ended or spent since the backup: sessions of
     * people, and codes with which gateways enrol. Neither is in a backup.
     */
    private static final Set<String> ENDED = Set.of("people_session", "authority_activation");

    private static final int LEAST_PASSPHRASE = 12;

    private ConsoleBackup() {}

    /**
     * Writes a backup and reads it again.
     *
     * @param unit the console's unit
     * @param passphrase 12 characters or more; the caller wipes it
     * @param target a file that does not exist; readable by its owner alone
     * @return what each table of the records holds
     */
    public static SortedMap<String, TableFacts> write(Records records, Path unit, char[] passphrase, Path target)
            throws RecordsException, DataException, IOException {
        if (passphrase.length < LEAST_PASSPHRASE) {
            throw new DataException(
                    DataCode.BACKUP_PASSPHRASE_SHORT, "fewer than " + LEAST_PASSPHRASE + " characters", null);
        }
        return NewFile.write(
                target,
                file -> {
                    SealingStream sealed = new SealingStream(file, Seal.fresh(passphrase));
                    DataOutputStream out = new DataOutputStream(sealed);
                    files(unit, out);
                    SortedMap<String, TableFacts> facts = RecordsCopy.write(records, out, (table, rows) -> {}, ENDED);
                    out.flush();
                    sealed.finish();
                    return facts;
                },
                unfinished -> verify(unfinished, passphrase));
    }

    /**
     * Brings a backup into a new unit and new records.
     *
     * @param backup the file
     * @param passphrase that of {@link #write}; the caller wipes it
     * @param unit a unit in which none of the folders of the backup exists
     * @param records empty records
     * @return what each table of the records holds
     * @throws DataException before anything is written, if the file, the passphrase or the place is not right
     */
    public static SortedMap<String, TableFacts> restore(Path backup, char[] passphrase, Path unit, Records records)
            throws RecordsException, DataException, IOException {
        for (String folder : FOLDERS) {
            if (Files.exists(unit.resolve(folder), LinkOption.NOFOLLOW_LINKS)) {
                throw new DataException(DataCode.BACKUP_TARGET_EXISTS, folder + " is there", null);
            }
        }
        verify(backup, passphrase);
        // The records first: if they are refused, no file was written.
        SortedMap<String, TableFacts> facts = RecordsCopy.read(
                () -> {
                    DataInputStream in = open(backup, passphrase);
                    skipFiles(in);
                    return in;
                },
                records,
                (table, rows) -> {});
        try (DataInputStream in = open(backup, passphrase)) {
            while (in.readBoolean()) {
                Path file = within(unit, in.readUTF());
                DurableFile.makeDirectory(file.getParent());
                DurableFile.create(file, Column.bytes(in));
            }
        }
        return facts;
    }

    /** Reads a backup to its end: every piece of it opens, and its last one is there. */
    public static void verify(Path backup, char[] passphrase) throws DataException, IOException {
        try (InputStream in = open(backup, passphrase)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (OpeningStream.Refused e) {
            throw e.reason();
        }
    }

    private static DataInputStream open(Path backup, char[] passphrase) throws IOException {
        try {
            return new DataInputStream(new BufferedInputStream(
                    new OpeningStream(new BufferedInputStream(Files.newInputStream(backup)), passphrase)));
        } catch (DataException e) {
            throw new OpeningStream.Refused(e);
        }
    }

    private static void skipFiles(DataInputStream in) throws IOException {
        while (in.readBoolean()) {
            in.readUTF();
            Column.bytes(in);
        }
    }

    private static void files(Path unit, DataOutputStream out) throws IOException {
        for (String folder : FOLDERS) {
            Path start = unit.resolve(folder);
            if (Files.isDirectory(start, LinkOption.NOFOLLOW_LINKS)) {
                try (Stream<Path> found = Files.walk(start)) {
                    for (Path file : found.sorted().toList()) {
                        file(unit, file, out);
                    }
                }
            }
        }
        out.writeBoolean(false);
    }

    private static void file(Path unit, Path file, DataOutputStream out) throws IOException {
        String name = unit.relativize(file).toString();
        boolean wanted = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && LEFT_OUT.stream().noneMatch(folder -> name.startsWith(folder + "/"))
                && !file.getFileName().toString().startsWith(DurableFile.UNFINISHED_PREFIX);
        if (wanted) {
            try {
                byte[] content = Files.readAllBytes(file);
                out.writeBoolean(true);
                out.writeUTF(name);
                Column.bytes(content, out);
            } catch (NoSuchFileException e) {
                return; // removed since it was listed
            }
        }
    }

    /** A name of the archive, which leads nowhere else. */
    private static Path within(Path unit, String name) throws DataException {
        Path file = unit.resolve(name).normalize();
        if (FOLDERS.stream().noneMatch(folder -> file.startsWith(unit.resolve(folder)))) {
            throw new DataException(DataCode.DATA_DAMAGED, "a file would lie elsewhere", null);
        }
        return file;
    }
}
