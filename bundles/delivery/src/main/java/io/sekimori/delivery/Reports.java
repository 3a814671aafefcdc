package io.sekimori.delivery;

import io.sekimori.connection.ConnectionCode;
import io.sekimori.connection.ConnectionException;
import io.sekimori.connection.Notification;
import io.sekimori.connection.Notification.Importance;
import io.sekimori.connection.Outbox;
import io.sekimori.trust.SignedReport;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.UnitReport;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/**
 * Brings reports to the console. Each lies on the disk until the outbox has it; while the broker is away the newest one is
 * also handed in by HTTPS, which is all that the console needs to know what runs. Thread-safe.
 */
final class Reports {

    private final Surroundings around;
    private final PendingReports pending;
    private final Logger log;
    private final AtomicReference<byte @Nullable []> newest = new AtomicReference<>();
    private volatile String complaint = "";

    Reports(Surroundings around, PendingReports pending, Logger log) {
        this.around = around;
        this.pending = pending;
        this.log = log;
    }

    void keep(byte[] report) {
        newest.set(report.clone());
        try {
            pending.add(report);
        } catch (IOException e) {
            log.warn("A report could not be kept; the next one will say the same: {}", e.getMessage());
        }
    }

    /**
     * Hands over what there is. What fails stays for the next round, and keeps nobody from asking the console: what is
     * assigned there may be the remedy. One thread at a time.
     */
    void bring(Optional<ConsoleFiles> console) {
        String now = failure(() -> post(around.outbox())) + failure(() -> handIn(console));
        if (!now.isEmpty() && !now.equals(complaint)) {
            log.info("A report waits:{}", now);
        }
        complaint = now;
    }

    private interface Way {
        void go() throws IOException;
    }

    private static String failure(Way way) {
        try {
            way.go();
            return "";
        } catch (IOException e) {
            return " " + e.getMessage();
        }
    }

    private void post(Optional<Outbox> outbox) throws IOException {
        if (outbox.isPresent()) {
            pending.drain(report -> post(outbox.get(), report));
        }
    }

    private void handIn(Optional<ConsoleFiles> console) throws IOException {
        byte[] last = newest.get();
        if (last != null && console.isPresent() && !around.connected()) {
            if (!console.get().report(last)) {
                givenUp("the console will not take it");
            }
            newest.compareAndSet(last, null);
        }
    }

    private void post(Outbox outbox, byte[] report) throws IOException {
        try {
            outbox.send(new Notification(
                    Notification.CONSOLE, Delivery.APPLICATION, "report", Importance.OUTCOME, metrics(report), report));
        } catch (TrustException e) {
            givenUp(e.getMessage());
        } catch (ConnectionException e) {
            if (e.code() != ConnectionCode.NOTIFICATION_TOO_LARGE) {
                throw new IOException(e.getMessage(), e);
            }
            givenUp(e.getMessage());
        }
    }

    private void givenUp(@Nullable String why) {
        log.warn("A report is given up; the next one will say the same: {}", why);
    }

    /** For who routes messages without reading them; what counts is in the signed body. */
    private static Map<String, Object> metrics(byte[] report) throws TrustException {
        UnitReport facts = SignedReport.unverified(report);
        Map<String, Object> metrics = new TreeMap<>(Map.of("sequence", facts.sequence()));
        facts.last().ifPresent(last -> {
            metrics.put("operation.id", last.id());
            metrics.put("job.id", last.assignment());
            metrics.put("status", last.outcome());
        });
        return metrics;
    }
}
