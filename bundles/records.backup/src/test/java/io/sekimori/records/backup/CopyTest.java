package io.sekimori.records.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.audit.AuditReceipt;
import io.sekimori.control.ControlAnswer;
import io.sekimori.records.Database;
import io.sekimori.records.Records;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Schema;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.records.sql.SqlRecords;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;

class CopyTest {

    private static final Schema SCHEMA = Schema.beside("shelf", CopyTest.class, "V1__books.sql");
    private static final int BOOKS = 1_700;

    @TempDir
    private Path folder;

    @OnBothDatabases
    void theRecordsGoToTheOtherKindAndBackUnchanged(Consoles consoles) throws Exception {
        Records from = consoles.console();
        fill(from);
        byte[] first = copy(from);

        try (SqlRecords h2 = SqlRecords.ofUnit(folder)) {
            SortedMap<String, TableFacts> facts =
                    RecordsCopy.read(() -> new ByteArrayInputStream(first), h2, (table, rows) -> {});

            assertThat(facts).isEqualTo(RecordsCopy.facts(from));
            assertThat(facts.get("shelf_book").rows()).isEqualTo(BOOKS);
            assertRefused(
                    DataCode.DATA_TARGET_NOT_EMPTY,
                    () -> RecordsCopy.read(() -> new ByteArrayInputStream(first), h2, (table, rows) -> {}));
            // The bundle that owns the tables finds them as its own migrations would have made them.
            assertThat(h2.open(SCHEMA)).isNotNull();
        }
    }

    @OnBothDatabases
    void anEmptyDatabaseOfEitherKindIsFilledFromH2(Consoles consoles) throws Exception {
        try (SqlRecords h2 = SqlRecords.ofUnit(folder)) {
            fill(h2);
            byte[] copy = copy(h2);

            assertThat(RecordsCopy.read(() -> new ByteArrayInputStream(copy), consoles.console(), (table, rows) -> {}))
                    .isEqualTo(RecordsCopy.facts(h2));
        }
    }

    @OnBothDatabases
    void aDamagedCopyIsRefusedAndNothingOfItStays(Consoles consoles) throws Exception {
        Records target = consoles.console();
        try (SqlRecords h2 = SqlRecords.ofUnit(folder)) {
            fill(h2);
            byte[] copy = copy(h2);
            byte[] cut = Arrays.copyOf(copy, copy.length - 90);
            byte[] changed = copy.clone();
            changed[copy.length - 20_000] ^= 1;

            assertRefused(
                    DataCode.DATA_DAMAGED,
                    () -> RecordsCopy.read(() -> new ByteArrayInputStream(cut), target, (table, rows) -> {}));
            assertThatExceptionOfType(Exception.class)
                    .isThrownBy(() ->
                            RecordsCopy.read(() -> new ByteArrayInputStream(changed), target, (table, rows) -> {}));
            assertThat(RecordsCopy.facts(target).get("shelf_book").rows()).isZero();
            assertRefused(
                    DataCode.DATA_DAMAGED,
                    () -> RecordsCopy.read(() -> new ByteArrayInputStream(new byte[9]), target, (table, rows) -> {}));
        }
    }

    @OnBothDatabases
    void aConsoleComesBackFromItsBackup(Consoles consoles) throws Exception {
        Records records = consoles.console();
        fill(records);
        Path unit = consoles.unit();
        Path key = unit.resolve("data/io.sekimori.keys.file/issuing-ca.key");
        Files.createDirectories(key.getParent());
        Files.writeString(key, "the issuing key");
        Path jar = unit.resolve("data/io.sekimori.releases.repository/files/sha256/aa");
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "a jar");
        Path backup = folder.resolve("backup");
        char[] passphrase = "a long passphrase".toCharArray();

        SortedMap<String, TableFacts> facts = ConsoleBackup.write(records, unit, passphrase, backup);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");
        assertThat(new String(Files.readAllBytes(backup), StandardCharsets.ISO_8859_1))
                .doesNotContain("issuing", "Genji");
        Path fresh = folder.resolve("fresh");
        assertRefused(
                DataCode.BACKUP_PASSPHRASE_WRONG,
                () -> ConsoleBackup.verify(backup, "another passphrase".toCharArray()));
        try (SqlRecords restored = SqlRecords.ofUnit(fresh)) {
            assertThat(ConsoleBackup.restore(backup, passphrase, fresh, restored))
                    .isEqualTo(facts);
            assertThat(RecordsCopy.facts(restored)).isEqualTo(facts);
            assertRefused(
                    DataCode.BACKUP_TARGET_EXISTS, () -> ConsoleBackup.restore(backup, passphrase, fresh, restored));
        }
        assertThat(fresh.resolve("data/io.sekimori.keys.file/issuing-ca.key")).hasContent("the issuing key");
        assertThat(fresh.resolve("data/io.sekimori.releases.repository/files")).doesNotExist();

        byte[] whole = Files.readAllBytes(backup);
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length - 70_000));
        assertRefused(DataCode.BACKUP_PASSPHRASE_WRONG, () -> ConsoleBackup.verify(cut, passphrase));
        assertRefused(DataCode.BACKUP_TARGET_EXISTS, () -> ConsoleBackup.write(records, unit, passphrase, backup));
        assertRefused(
                DataCode.BACKUP_PASSPHRASE_SHORT,
                () -> ConsoleBackup.write(records, unit, "short".toCharArray(), folder.resolve("other")));
    }

    @OnBothDatabases
    void anExportIsReadOnlyAsItWasWritten(Consoles consoles) throws Exception {
        Records target = consoles.console();
        Path file = folder.resolve("export");
        try (SqlRecords h2 = SqlRecords.ofUnit(folder)) {
            fill(h2);
            Files.writeString(folder.resolve(".export.part"), "of a try that the power ended");
            RecordsExport.Written written = RecordsExport.write(h2, file, (table, rows) -> {});
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertRefused(DataCode.BACKUP_TARGET_EXISTS, () -> RecordsExport.write(h2, file, (table, rows) -> {}));

            // The statement that makes a table is the attacker's best place: whoever imports it runs it.
            byte[] whole = Files.readAllBytes(file);
            String sql = new String(whole, StandardCharsets.ISO_8859_1)
                    .replace("create table shelf_room", "drop all objects      -");
            Path altered = Files.write(folder.resolve("altered"), sql.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(altered).hasSize(whole.length);
            assertRefused(
                    DataCode.DATA_FOREIGN,
                    () -> RecordsExport.read(altered, written.sha256(), folder, target, (table, rows) -> {}));
            assertThat(RecordsCopy.facts(target)).isEmpty();

            Files.writeString(folder.resolve(".import-old"), "of a try that the power ended");
            assertThat(RecordsExport.read(file, written.sha256(), folder, target, (table, rows) -> {}))
                    .isEqualTo(written.facts());
            assertThat(folder.toFile().list()).noneMatch(name -> name.startsWith(".import"));
            assertThat(folder.resolve(".export.part")).doesNotExist();
        }
    }

    @OnBothDatabases
    void noSessionAndNoActivationLivesAgainAfterARestore(Consoles consoles) throws Exception {
        Records records = consoles.console();
        fill(records);
        execute(records, "people", "insert into people_session values ('" + "a".repeat(64) + "')");
        execute(records, "authority", "insert into authority_activation values ('g-aaaaaaaaaaaa')");
        Path backup = folder.resolve("backup");
        char[] passphrase = "a long passphrase".toCharArray();
        Path fresh = folder.resolve("fresh");

        ConsoleBackup.write(records, consoles.unit(), passphrase, backup);
        try (SqlRecords restored = SqlRecords.ofUnit(fresh)) {
            SortedMap<String, TableFacts> facts = ConsoleBackup.restore(backup, passphrase, fresh, restored);

            assertThat(facts.get("people_session").rows()).isZero();
            assertThat(facts.get("authority_activation").rows()).isZero();
            assertThat(facts.get("shelf_book").rows()).isEqualTo(BOOKS);
        }
        // A move to another database takes them along, and a backup takes them from nobody.
        assertThat(RecordsCopy.facts(records).get("people_session").rows()).isEqualTo(1);
        assertThat(RecordsCopy.facts(records).get("authority_activation").rows())
                .isEqualTo(1);
    }

    private static void execute(Records records, String area, String sql) throws RecordsException {
        records.open(Schema.beside(area, CopyTest.class, "V1__" + area + ".sql"))
                .write(connection -> connection.prepareStatement(sql).executeUpdate());
    }

    @OnBothDatabases
    void aRunningConsoleMakesItsOwnBackupAndAuditsIt(Consoles consoles) throws Exception {
        List<String> audited = new ArrayList<>();
        BackupOperation operation = new BackupOperation(consoles.unit());
        String file = folder.resolve("backup").toString();
        Map<String, String> request = Map.of("file", file, "passphrase", "a long passphrase");
        assertThat(refusal(operation.answer(request, "root"))).isEqualTo("RECORDS_ABSENT");
        operation.records = consoles.console();
        fill(operation.records);
        assertThat(refusal(operation.answer(request, "root"))).isEqualTo("AUDIT_ABSENT");
        operation.audit = entry -> {
            audited.add(entry.actor() + " " + entry.action() + " " + entry.verdict() + " " + entry.reason());
            return new AuditReceipt(1, Instant.EPOCH, "0".repeat(64));
        };

        assertThat(operation.answer(request, "root")).isInstanceOf(ControlAnswer.Done.class);
        assertThat(refusal(operation.answer(request, "root"))).isEqualTo("BACKUP_TARGET_EXISTS");
        assertThat(refusal(operation.answer(Map.of("file", "b", "passphrase", "x"), "root")))
                .isEqualTo("BACKUP_REQUEST_MALFORMED");
        assertThat(refusal(operation.answer(
                        Map.of("file", folder + "/none/b", "passphrase", "a long passphrase"), "root")))
                .isEqualTo("BACKUP_NOT_WRITTEN");

        ConsoleBackup.verify(Path.of(file), "a long passphrase".toCharArray());
        assertThat(audited)
                .startsWith(
                        "local:root console.backup ALLOWED ",
                        "local:root console.backup ALLOWED ",
                        "local:root console.backup FAILED BACKUP_TARGET_EXISTS");
    }

    private static String refusal(ControlAnswer answer) {
        return ((ControlAnswer.Refused) answer).code();
    }

    private static byte[] copy(Records records) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RecordsCopy.write(records, out, (table, rows) -> {});
        return out.toByteArray();
    }

    private static void fill(Records records) throws RecordsException {
        Database database = records.open(SCHEMA);
        database.write(connection -> {
            try (PreparedStatement shelf =
                            connection.prepareStatement("insert into shelf_room values (1, true, null)");
                    PreparedStatement book = connection.prepareStatement(
                            "insert into shelf_book (id, room, title, note) values (?, 1, ?, ?)")) {
                shelf.executeUpdate();
                for (int i = 0; i < BOOKS; i++) {
                    book.setLong(1, i);
                    book.setString(2, "Genji 源氏 " + i);
                    book.setString(3, i % 2 == 0 ? null : "x".repeat(100));
                    book.addBatch();
                }
                return book.executeBatch().length;
            }
        });
    }

    private static void assertRefused(DataCode code, ThrowingCallable call) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }
}
