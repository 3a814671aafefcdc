package io.sekimori.update.engine;

import io.sekimori.update.Outcome;
import io.sekimori.update.TransitionReport;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.service.log.Logger;

/**
 * What is left of a transition when it has ended: its report, its entry in the audit, and no journal any more. What disk or
 * audit do not take at once is filed later; until then the journal keeps everything else from beginning. Thread-safe.
 */
final class Filing {

    private final Surroundings around;
    private final Recovery recovery;
    private final Reports reports;
    private final AuditDesk audit;
    private final Logger log;
    private volatile Optional<TransitionReport> unfiled = Optional.empty();

    Filing(Surroundings around, Recovery recovery, Reports reports, AuditDesk audit, Logger log) {
        this.around = around;
        this.recovery = recovery;
        this.reports = reports;
        this.audit = audit;
        this.log = log;
    }

    /** Has the report on the disk and, if that can be, in the audit; false if the disk does not take it. */
    boolean file(TransitionReport report, OptionalLong written) {
        boolean known = reports.of(report.id()).isPresent();
        try {
            if (!known) {
                reports.file(report, audit.ended(report, written, false));
            }
            return true;
        } catch (IOException e) {
            log.error("The report of transition {} could not be written: {}", report.id(), e.getMessage());
            return false;
        }
    }

    /** Forgets the journal, or keeps it as long as the report is not filed. */
    void close(TransitionReport report, boolean filed) {
        if (!filed) {
            unfiled = Optional.of(report);
        } else if (!(report.outcome() instanceof Outcome.Confirmed) || forgetDeferral()) {
            forgetJournal();
        }
    }

    /** Files what the disk did not take when it ended. */
    synchronized void fileLate() {
        Optional<TransitionReport> report = unfiled;
        if (report.isPresent() && file(report.get(), OptionalLong.empty())) {
            unfiled = Optional.empty();
            close(report.get(), true);
        }
    }

    /** Records what the audit did not take when it ended. */
    void auditLate() {
        for (Reports.Filed filed : reports.recent()) {
            if (!filed.audited() && audit.ended(filed.report(), OptionalLong.empty(), true)) {
                try {
                    reports.file(filed.report(), true);
                } catch (IOException e) {
                    log.warn("A report could not be written again: {}", e.getMessage());
                }
            }
        }
    }

    /** Nothing is open any more. */
    void forgetJournal() {
        try {
            recovery.close();
        } catch (IOException e) {
            log.error("The journal could not be removed; the next start reports again: {}", e.getMessage());
        }
    }

    private boolean forgetDeferral() {
        try {
            around.deferral().forget();
            return true;
        } catch (IOException e) {
            log.warn("What was put off could not be forgotten; the next start tries again: {}", e.getMessage());
            return false;
        }
    }
}
