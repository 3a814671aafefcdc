package io.sekimori.releases.repository;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditLog;
import io.sekimori.lasting.Lasting;
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

    private final Trace trace;
    private final Packing packing;
    private final LiveSettings settings;

    /** Called by the component runtime. */
    @Activate
    public StickPacks(
            Settings.Config config,
            @Reference RunningGeneration generation,
            @Reference(service = LoggerFactory.class) Logger log) {
        this(Settings.of(generation.unit(), config), generation.unit(), Clock.systemUTC(), log);
    }

    StickPacks(Settings settings, Path unit, Clock clock, Logger log) {
        this.settings = new LiveSettings(settings, unit, log);
        this.trace = new Trace(() -> Lasting.of(audit, auditAtEnd), log);
        this.packing = new Packing(new Tables(() -> Lasting.of(records, recordsAtEnd)), this.settings, clock);
    }

    @Modified
    void modified(Settings.Config config) {
        settings.take(config);
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
            // Looked at first, so that the audit says ALLOWED of nothing that the rules refuse.
            Packing.Parts parts = packing.look(device);
            trace.allow(actor, ACTION, subject, Map.of());
            return packing.ready(parts);
        } catch (RefusedException e) {
            trace.tell(actor, ACTION, subject, Verdict.REFUSED, e.code(), e.detail());
            return new PackAnswer.Refused(e.code(), e.detail());
        }
    }
}
