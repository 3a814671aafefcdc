package io.sekimori.notices;

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
import java.util.OptionalLong;
import org.osgi.service.log.Logger;

/**
 * What is done again and again: facts are kept, collected ones handed out, and what is due is sent. Everything is in the
 * records, so that several consoles may do it at once. Thread-safe.
 */
final class Round {

    private static final Schema SCHEMA = Schema.beside("notices", Round.class, "V1__notices.sql");
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
        return database(records).write(connection -> NoticeRows.since(connection, clock.instant()));
    }

    /** From now on nobody is to be told. */
    void silent(Records records) throws RecordsException {
        database(records).write(connection -> {
            NoticeRows.forgetSince(connection);
            return null;
        });
    }

    /** Keeps those that are new and wanted. */
    void keep(Records records, Settings settings, List<Fact> facts) throws RecordsException {
        for (Fact fact : facts) {
            if (settings.kinds().contains(fact.kind())) {
                keep(records, settings, fact);
            }
        }
    }

    private void keep(Records records, Settings settings, Fact fact) throws RecordsException {
        String id = id();
        database(records)
                .write(connection -> NoticeRows.keep(connection, fact, id, settings.collecting(), clock.instant()));
    }

    /** Hands out what was collected, and forgets what is over. */
    void handOut(Records records, Settings settings) throws RecordsException {
        database(records).write(connection -> {
            NoticeRows.handOut(connection, settings.recipients(), clock.instant());
            NoticeRows.prune(connection, clock.instant().minus(KEPT));
            return null;
        });
    }

    /** Sends what is due; how much that was. One recipient that does not answer keeps no other one waiting for long. */
    int send(Records records, Settings settings, Map<String, Medium> media) throws RecordsException {
        List<DueRows.Due> due =
                database(records).write(connection -> DueRows.claim(connection, MOST_AT_ONCE, clock.instant()));
        for (DueRows.Due each : due) {
            Notice notice = database(records).read(connection -> NoticeRows.read(connection, each.notice()));
            String problem = tried(each, settings.full() ? notice : notice.brief(), media);
            database(records).write(connection -> {
                if (problem.isEmpty()) {
                    DueRows.arrived(connection, each);
                } else if (DueRows.failed(connection, each, problem, clock.instant())) {
                    log.error("The notice {} was not delivered to {}: {}", each.notice(), each.recipient(), problem);
                }
                return null;
            });
        }
        return due.size();
    }

    private String tried(DueRows.Due due, Notice notice, Map<String, Medium> media) {
        String[] parts = due.recipient().split(":", 2);
        Medium medium = media.get(parts[0]);
        if (medium == null) {
            return "it is no longer configured";
        }
        try {
            medium.tell(notice, parts[1]);
            return "";
        } catch (IOException e) {
            log.warn("A notice does not get to {} yet: {}", due.recipient(), e.getMessage());
            return String.valueOf(e.getMessage());
        }
    }

    OptionalLong oldestUndelivered(Records records) throws RecordsException {
        return database(records).read(NoticeRows::oldestUndelivered);
    }

    private String id() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return "n-" + HexFormat.of().formatHex(bytes);
    }

    private static Database database(Records records) throws RecordsException {
        return records.open(SCHEMA);
    }
}
