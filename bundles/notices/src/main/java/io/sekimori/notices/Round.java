package io.sekimori.notices;

import io.sekimori.notices.DueRows.Failure;
import io.sekimori.records.Database;
import io.sekimori.records.Records;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Schema;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.service.log.Logger;

/**
 * What is done again and again: facts are kept, collected ones handed out, and what is due is sent. Everything is in the
 * records, so that several consoles may do it at once. Thread-safe.
 */
final class Round {

    private static final Schema SCHEMA = Schema.beside("notices", Round.class, "V1__notices.sql", "V2__told.sql");
    private static final Duration KEPT = Duration.ofDays(90);
    // Each takes a minute at most, and all of them less than a claim.
    private static final int MOST_AT_ONCE = 4;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final Logger log;

    Round(Clock clock, Logger log) {
        this.clock = clock;
        this.log = log;
    }

    /** Since when what happens is news. */
    Instant since(Records records) throws RecordsException {
        Database database = database(records);
        Optional<Instant> since = database.read(SinceRows::read);
        return since.isPresent()
                ? since.get()
                : database.write(connection -> SinceRows.begin(connection, clock.instant()));
    }

    /** From now on nobody is to be told. */
    void silent(Records records) throws RecordsException {
        Database database = database(records);
        if (database.read(SinceRows::read).isPresent()) {
            database.write(connection -> {
                SinceRows.forget(connection);
                return null;
            });
        }
    }

    /** Those of them that are new and wanted. */
    List<Fact> news(Records records, Settings settings, List<Fact> facts) throws RecordsException {
        List<Fact> wanted = wanted(settings, facts);
        return wanted.isEmpty()
                ? List.of()
                : database(records).read(connection -> NoticeRows.fresh(connection, wanted));
    }

    private static List<Fact> wanted(Settings settings, List<Fact> facts) {
        return facts.stream()
                .filter(fact -> settings.kinds().contains(fact.kind()))
                .toList();
    }

    /** Keeps those that are new and wanted. */
    void keep(Records records, Settings settings, List<Fact> facts) throws RecordsException {
        Database database = database(records);
        for (Fact fact : news(records, settings, facts)) {
            String id = id();
            database.write(connection -> NoticeRows.keep(connection, fact, id, settings.collecting(), clock.instant()));
        }
    }

    /** Hands out what was collected, forgets what is over, and tells whom it is due. Where there is nothing, nothing is written. */
    void turn(Records records, Settings settings, Map<String, Medium> media) throws RecordsException {
        Instant forgotten = clock.instant().minus(KEPT);
        Ahead ahead = database(records).read(connection -> Ahead.at(connection, clock.instant(), forgotten));
        if (ahead.ready() || ahead.old()) {
            database(records).write(connection -> {
                NoticeRows.handOut(connection, settings.recipients(), clock.instant());
                NoticeRows.prune(connection, forgotten);
                return null;
            });
        }
        if (ahead.ready() || ahead.due()) {
            send(records, settings, media);
        }
    }

    /** One recipient that does not answer keeps no other one waiting for long. */
    private void send(Records records, Settings settings, Map<String, Medium> media) throws RecordsException {
        List<DueRows.Due> due =
                database(records).write(connection -> DueRows.claim(connection, MOST_AT_ONCE, clock.instant()));
        for (DueRows.Due each : due) {
            Notice notice = database(records).read(connection -> NoticeRows.read(connection, each.notice()));
            Optional<Failure> failure = tried(each, notice, settings, media);
            int most = notice.kind() == Kind.TEST
                            || failure.filter(Failure::lasting).isPresent()
                    ? 1
                    : DueRows.MOST_TRIES;
            boolean givenUp = database(records).write(connection -> {
                if (failure.isPresent()) {
                    return DueRows.failed(connection, each, failure.get(), most, clock.instant());
                }
                DueRows.arrived(connection, each);
                return false;
            });
            if (givenUp) {
                log.error("The notice {} was not delivered to {}", each.notice(), Recipient.of(each.recipient()));
            }
        }
    }

    private Optional<Failure> tried(DueRows.Due due, Notice notice, Settings settings, Map<String, Medium> media) {
        Recipient to = Recipient.of(due.recipient());
        Medium medium = media.get(to.medium());
        if (medium == null || !settings.recipients().contains(due.recipient())) {
            return Optional.of(new Failure(NoticesCode.NOTICE_RECIPIENT_GONE, "it is no longer configured"));
        }
        try {
            medium.tell(settings.full() ? notice : notice.brief(), to.address());
            return Optional.empty();
        } catch (IOException e) {
            log.warn("The notice {} does not get to {} yet: {}", due.notice(), to, e.getMessage());
            return Optional.of(new Failure(NotToldException.code(e), String.valueOf(e.getMessage())));
        }
    }

    OptionalLong oldestUndelivered(Records records) throws RecordsException {
        return database(records).read(NoticeRows::oldestUndelivered);
    }

    /** Of a new notice. */
    String id() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return "n-" + HexFormat.of().formatHex(bytes);
    }

    /** The tables of this area. */
    static Database database(Records records) throws RecordsException {
        return records.open(SCHEMA);
    }
}
