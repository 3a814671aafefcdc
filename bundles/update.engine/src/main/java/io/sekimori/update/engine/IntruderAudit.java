package io.sekimori.update.engine;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.Unadmitted;
import io.sekimori.launcher.UnadmittedListener;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/**
 * Puts into the audit what somebody installed or updated around the engine. The launcher has refused it already and waits
 * for nobody, so an audit that is away is only asked again later. Thread-safe.
 */
@Component(immediate = true) // it keeps what is waiting, so it must outlive each call
public final class IntruderAudit implements UnadmittedListener {

    private static final int MOST_WAITING = 100;
    private static final long AGAIN_SECONDS = 10;
    private static final int MOST_SUBJECT = 500;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    private volatile @Nullable AuditLog auditAtEnd;

    private final Queue<AuditEntry> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, work -> new Thread(work, "sekimori-update-intruders"));
    private final Logger log;

    /** Called by the component runtime. */
    @Activate
    public IntruderAudit(@Reference(service = LoggerFactory.class) Logger log) {
        this.log = log;
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Activate
    void begin() {
        thread.scheduleWithFixedDelay(this::record, AGAIN_SECONDS, AGAIN_SECONDS, TimeUnit.SECONDS);
    }

    @Deactivate
    void end() {
        // For calls that are still under way, or that were about to be made.
        auditAtEnd = audit;
        thread.shutdown();
    }

    @Override
    public void unadmitted(Unadmitted bundle) {
        if (!waiting.offer(entry(bundle))) {
            log.error("More bundles were installed around the engine than can be recorded; see the launcher's lines");
        } else if (!thread.isShutdown()) {
            thread.execute(this::record);
        }
    }

    private void record() {
        AuditLog current = Lasting.of(audit, auditAtEnd); // read once
        for (AuditEntry next = waiting.peek(); next != null && current != null; next = waiting.peek()) {
            try {
                current.append(next);
                waiting.poll();
            } catch (AuditException e) {
                log.warn("An installation around the engine is not in the audit yet: {}", e.getMessage());
                return;
            }
        }
    }

    private static AuditEntry entry(Unadmitted bundle) {
        String subject = safe(bundle.symbolicName() + "/" + bundle.version());
        return new AuditEntry(
                Policy.PID,
                "bundle.install",
                subject.length() > MOST_SUBJECT ? subject.substring(0, MOST_SUBJECT) : subject,
                Verdict.REFUSED,
                "UNADMITTED_BUNDLE",
                Map.of(
                        "location", safe(bundle.location()),
                        "seen", bundle.seen().toString(),
                        "bundle", Long.toString(bundle.bundleId())));
    }

    // A manifest and a location are the intruder's words.
    private static String safe(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
