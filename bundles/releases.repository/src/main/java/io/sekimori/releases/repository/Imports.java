package io.sekimori.releases.repository;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.releases.ImportAnswer;
import io.sekimori.releases.ReleasesCode;
import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.Permit;
import io.sekimori.trust.Release;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes what people signed elsewhere: judged by the rules of its kind, recorded, then saved in one transaction. Thread-safe. */
final class Imports {

    private static final int MAX_ROOT_BYTES = 512 << 10;
    private static final int MAX_TARGETS_BYTES = 16 << 20;
    private static final int MAX_TIMESTAMP_BYTES = 64 << 10;

    private final Repositories repositories;
    private final Supplier<Settings> settings;
    private final Trace trace;
    private final Clock clock;

    Imports(Repositories repositories, Supplier<Settings> settings, Trace trace, Clock clock) {
        this.repositories = repositories;
        this.settings = settings;
        this.trace = trace;
        this.clock = clock;
    }

    /** The next root of the releases. */
    ImportAnswer root(byte[] root, String actor) throws ReleasesException {
        return importing(actor, "root of the releases", root, MAX_ROOT_BYTES, open -> {
            Settings now = settings.get();
            return open.releases().follow(root, now.place().keys(), now.lifetimes(), clock.instant());
        });
    }

    /** The next root of the director. */
    ImportAnswer directorRoot(byte[] root, String actor) throws ReleasesException {
        return importing(
                actor,
                "root of the director",
                root,
                MAX_ROOT_BYTES,
                open -> open.director().follow(root, clock.instant()));
    }

    /** What is released. */
    ImportAnswer targets(byte[] targets, String actor) throws ReleasesException {
        return importing(
                actor,
                "targets of the releases",
                targets,
                MAX_TARGETS_BYTES,
                open -> published(
                        open,
                        open.releases().judge(targets, clock.instant()),
                        now -> open.releases().publish(targets, now.place().keys(), now.lifetimes(), clock.instant())));
    }

    /** What a publisher released to whom names are handed on. */
    ImportAnswer delegated(String role, byte[] targets, String actor) throws ReleasesException {
        return importing(
                actor,
                "targets of the publisher " + role,
                targets,
                MAX_TARGETS_BYTES,
                open -> published(
                        open,
                        open.releases().judge(role, targets, clock.instant()),
                        now -> open.releases()
                                .publish(role, targets, now.place().keys(), now.lifetimes(), clock.instant())));
    }

    /** A permit to go below a floor. */
    ImportAnswer permit(byte[] permit, String actor) throws ReleasesException {
        return importing(
                actor,
                "permit to go below a floor",
                permit,
                Permit.MAX_BYTES,
                open -> open.releases().permit(permit, clock.instant()));
    }

    /** A publisher's own timestamp, to be signed above. */
    ImportAnswer timestamp(byte[] timestamp, String actor) throws ReleasesException {
        return importing(actor, "timestamp of the releases", timestamp, MAX_TIMESTAMP_BYTES, open -> {
            Settings now = settings.get();
            boolean overtaken =
                    open.releases().overtake(timestamp, now.place().keys(), now.lifetimes(), clock.instant());
            if (overtaken) {
                Renewal.forgetOld(open);
            }
            return overtaken;
        });
    }

    private interface Publishing {
        void with(Settings now) throws IOException;
    }

    private boolean published(Repositories.Open open, Optional<List<Release>> releases, Publishing publishing)
            throws IOException, RefusedException {
        if (releases.isEmpty()) {
            return false;
        }
        Settings now = settings.get();
        new IncomingFiles(now.place()).demand(releases.get());
        publishing.with(now);
        Renewal.forgetOld(open);
        return true;
    }

    private interface Import {
        boolean into(Repositories.Open open) throws IOException, RefusedException;
    }

    // Tried first, so that the audit says ALLOWED of nothing that the rules refuse.
    private ImportAnswer importing(String actor, String what, byte[] bytes, int most, Import step)
            throws ReleasesException {
        try {
            if (bytes.length > most) {
                throw new RefusedException(ReleasesCode.TOO_LONG, what + " has " + bytes.length + " bytes");
            }
            if (!repositories.read((open, connection) -> step.into(open))) {
                return new ImportAnswer.Taken(false);
            }
            trace.allow(actor, "releases.import", what, Map.of("sha256", Sha256.hex(bytes)));
            return new ImportAnswer.Taken(repositories.write((open, connection) -> step.into(open)));
        } catch (RefusedException e) {
            trace.tell(actor, "releases.import", what, Verdict.REFUSED, e.code(), e.detail());
            return new ImportAnswer.Refused(e.code(), e.detail());
        }
    }
}
