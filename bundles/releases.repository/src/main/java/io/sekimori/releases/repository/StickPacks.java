package io.sekimori.releases.repository;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditLog;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.records.Records;
import io.sekimori.releases.PackAnswer;
import io.sekimori.releases.Packs;
import io.sekimori.releases.ReleasesException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/** Packs out of the records. Holds nothing between calls, so two versions may run beside each other. Thread-safe. */
@Component(configurationPid = Settings.PID, service = Packs.class)
public final class StickPacks implements Packs {

    private static final String ACTION = "director.pack";

    // Other bundles' services: dynamic, so that their swap does not take this one down.
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Records records;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    private volatile @Nullable Records recordsAtEnd;
    private volatile @Nullable AuditLog auditAtEnd;

    private final Path unit;
    private final Logger log;
    private final Trace trace;
    private final Packing packing;
    private volatile Settings settings;

    /** Called by the component runtime. */
    @Activate
    public StickPacks(
            Settings.Config config,
            @Reference RunningGeneration generation,
            @Reference(service = LoggerFactory.class) Logger log) {
        this(Settings.of(generation.unit(), config), generation.unit(), Clock.systemUTC(), log);
    }

    StickPacks(Settings settings, Path unit, Clock clock, Logger log) {
        this.settings = settings;
        this.unit = unit;
        this.log = log;
        this.trace = new Trace(() -> or(audit, auditAtEnd), log);
        this.packing = new Packing(new Tables(() -> or(records, recordsAtEnd)), () -> this.settings, clock);
    }

    @Modified
    void modified(Settings.Config config) {
        try {
            settings = Settings.of(unit, config);
        } catch (IllegalArgumentException e) {
            log.error("The configuration {} is refused: {}", Settings.PID, e.getMessage());
        }
    }

    /** Keeps them for calls that are still under way, or that were about to be made. */
    @Deactivate
    void end() {
        recordsAtEnd = records;
        auditAtEnd = audit;
    }

    @Override
    public PackAnswer of(String device, String actor) throws ReleasesException {
        String subject = "device " + device;
        try {
            // Tried first, so that the audit says ALLOWED of nothing that the rules refuse.
            packing.look(device);
            trace.allow(actor, ACTION, subject, Map.of());
            return packing.of(device);
        } catch (RefusedException e) {
            trace.tell(actor, ACTION, subject, Verdict.REFUSED, e.code(), e.detail());
            return new PackAnswer.Refused(e.code(), e.detail());
        }
    }

    private static <T> @Nullable T or(@Nullable T current, @Nullable T atEnd) {
        return current == null ? atEnd : current;
    }
}
