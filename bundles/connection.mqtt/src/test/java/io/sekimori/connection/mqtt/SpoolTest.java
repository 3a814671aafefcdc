package io.sekimori.connection.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditLog;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.connection.ConnectionCode;
import io.sekimori.connection.ConnectionException;
import io.sekimori.connection.Notification;
import io.sekimori.connection.Notification.Importance;
import io.sekimori.payload.MalformedMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(5_000), ZoneOffset.UTC);
    private static final int KIB = 1 << 10;

    @TempDir
    Path folder;

    private final List<AuditEntry> audited = new ArrayList<>();
    private @Nullable AuditLog audit = entry -> {
        audited.add(entry);
        return new AuditReceipt(audited.size(), Instant.EPOCH, "0".repeat(64));
    };
    private Spool spool;

    @BeforeEach
    void anEmptyOne() {
        spool = spool();
    }

    @Test
    void whatIsKeptIsThereAfterARestartInOrder() throws Exception {
        spool.add(news("a", Importance.OUTCOME, 10));
        spool.add(news("b", Importance.PROGRESS, 10));

        Spool next = spool();
        next.refresh();
        next.add(news("c", Importance.OUTCOME, 10));

        assertThat(types(next)).containsExactly("a", "b", "c");
        Queued first = next.read(next.oldest(1).get(0)).orElseThrow();
        assertThat(first.topic("acc", Gateway.ID).text()).isEqualTo("$EDC/acc/console/APP-1/NOTIFY/g-abcdefghijkl/a");
        assertThat(first.payload().timestamp()).contains(CLOCK.instant());
        assertThat(first.payload().metrics()).containsEntry("job.id", 7L);
        assertThat(first.payload().body()).hasSize(10);
    }

    @Test
    void aNumberIsNotUsedAgain() throws Exception {
        spool.add(news("a", Importance.OUTCOME, 10));
        String first = spool.oldest(1).get(0);
        spool.remove(first);
        spool.add(news("b", Importance.OUTCOME, 10));

        assertThat(spool.oldest(9)).hasSize(1).doesNotContain(first);
        assertThat(Files.exists(folder.resolve(first))).isFalse();
    }

    @Test
    void whenFullTheOldestProgressGoesFirst() throws Exception {
        spool.add(news("o1", Importance.OUTCOME, 400 * KIB));
        spool.add(news("p1", Importance.PROGRESS, 300 * KIB));
        spool.add(news("p2", Importance.PROGRESS, 300 * KIB));

        spool.add(news("o2", Importance.OUTCOME, 300 * KIB));

        assertThat(types(spool)).containsExactly("o1", "p2", "o2");
        assertThat(audited).isEmpty();
    }

    @Test
    void anOutcomeIsGivenUpForANewerOneAndTheAuditIsTold() throws Exception {
        spool.add(news("o1", Importance.OUTCOME, 500 * KIB));
        spool.add(news("o2", Importance.OUTCOME, 500 * KIB));

        spool.add(news("o3", Importance.OUTCOME, 500 * KIB));

        assertThat(types(spool)).containsExactly("o2", "o3");
        assertThat(audited).extracting(AuditEntry::reason).containsExactly("OUTBOX_FULL");
    }

    @Test
    void anOutcomeIsNeverGivenUpUnrecordedNorForProgress() throws Exception {
        spool.add(news("o1", Importance.OUTCOME, 500 * KIB));
        spool.add(news("o2", Importance.OUTCOME, 500 * KIB));

        assertRefused(ConnectionCode.OUTBOX_FULL, news("p1", Importance.PROGRESS, 500 * KIB));
        audit = null;
        assertRefused(ConnectionCode.OUTBOX_FULL, news("o3", Importance.OUTCOME, 500 * KIB));

        assertThat(types(spool)).containsExactly("o1", "o2");
    }

    @Test
    void whatCanNeverBeSentIsRefusedAtOnce() {
        assertRefused(
                ConnectionCode.NOTIFICATION_TOO_LARGE,
                new Notification(
                        "console", "APP-1", "a", Importance.OUTCOME, Map.of("m", "x".repeat(1 << 20)), new byte[0]));
        assertRefused(
                ConnectionCode.NOTIFICATION_TOO_LARGE,
                new Notification("console", "APP-1", "a", Importance.OUTCOME, Map.of("x".repeat(300), 1), new byte[0]));
        byte[] noise = new byte[300 * KIB];
        new Random(1).nextBytes(noise);
        assertRefused(
                ConnectionCode.NOTIFICATION_TOO_LARGE,
                new Notification("console", "APP-1", "a", Importance.OUTCOME, Map.of(), noise));
        assertThat(spool.size()).isZero();
    }

    @Test
    void whereNothingCanBeWrittenNothingIsPromised() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        spool = new Spool(file, () -> 1 << 20, desk(), CLOCK, Silence.LOG);

        assertRefused(ConnectionCode.OUTBOX_UNWRITABLE, news("a", Importance.OUTCOME, 10));
    }

    @Test
    void aDamagedFileIsSetAsideAndTheAuditIsTold() throws Exception {
        Files.writeString(folder.resolve("0000000000000000001-outcome"), "sekimori-notification-1\nnonsense");
        Files.writeString(folder.resolve("notes.txt"), "not ours");
        spool.refresh();

        assertThat(spool.oldest(9)).hasSize(1);
        assertThat(spool.read(spool.oldest(1).get(0))).isEmpty();
        assertThat(spool.size()).isZero();
        assertThat(audited).extracting(AuditEntry::reason).containsExactly("MESSAGE_MALFORMED");
        assertThat(folder.resolve("notes.txt")).exists();
    }

    @Test
    void aStepThatAPowerCutLeftInHalfIsNoMatterForTheAudit() throws Exception {
        spool.add(news("a", Importance.PROGRESS, 10));
        Path file = folder.resolve(spool.oldest(1).get(0));
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 5));

        assertThat(spool.read(file.getFileName().toString())).isEmpty();

        assertThat(file).doesNotExist();
        assertThat(audited).isEmpty();
        assertThat(spool.size()).isZero();
    }

    @Test
    void bytesThatAreNoNotificationAreMalformed() throws MalformedMessage {
        Random random = new Random(1);
        byte[] whole =
                Queued.of(news("a", Importance.OUTCOME, 50), CLOCK.instant()).bytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] damaged = Arrays.copyOf(whole, length);
            if (length > 0) {
                damaged[random.nextInt(length)] ^= (byte) (1 + random.nextInt(255));
            }
            try {
                Queued.parse(damaged).topic("acc", Gateway.ID);
            } catch (MalformedMessage e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
        assertThat(Queued.parse(whole).type()).isEqualTo("a");
    }

    private void assertRefused(ConnectionCode code, Notification notification) {
        assertThatExceptionOfType(ConnectionException.class)
                .isThrownBy(() -> spool.add(notification))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    private static List<String> types(Spool spool) {
        return spool.oldest(9).stream()
                .map(name -> spool.read(name).orElseThrow().type())
                .toList();
    }

    private Spool spool() {
        return new Spool(folder, () -> 1 << 20, desk(), CLOCK, Silence.LOG);
    }

    private AuditDesk desk() {
        return new AuditDesk(() -> Optional.ofNullable(audit), Silence.LOG);
    }

    private static Notification news(String type, Importance importance, int size) {
        return new Notification("console", "APP-1", type, importance, Map.of("job.id", 7L), new byte[size]);
    }
}
