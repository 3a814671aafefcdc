package io.sekimori.releases.repository;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditLog;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.records.Records;
import io.sekimori.releases.ImportAnswer;
import io.sekimori.releases.Release;
import io.sekimori.releases.Releases;
import io.sekimori.releases.ReleasesCode;
import io.sekimori.releases.ReleasesException;
import io.sekimori.releases.RepositoryState;
import io.sekimori.trust.Permit;
import io.sekimori.trust.RepositoryFacts;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.osgi.service.metatype.annotations.Designate;

/** The release repository in the records. Holds nothing between calls, so two versions may run beside each other. Thread-safe. */
@Component(
        name = Settings.PID,
        configurationPid = Settings.PID,
        immediate = true,
        service = {Releases.class, SignedReleases.class})
@Designate(ocd = Settings.Config.class)
public final class SignedReleases implements Releases {

    private static final int MAX_ROOT_BYTES = 512 << 10;
    private static final int MAX_TARGETS_BYTES = 16 << 20;
    private static final int MAX_TIMESTAMP_BYTES = 64 << 10;

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

    private final Clock clock;
    private final Trace trace;
    private final Repositories repositories;
    private final Renewal renewal;
    private final LiveSettings settings;

    /** Called by the component runtime. */
    @Activate
    public SignedReleases(
            Settings.Config config,
            @Reference RunningGeneration generation,
            @Reference(service = LoggerFactory.class) Logger log) {
        this(Settings.of(generation.unit(), config), generation.unit(), Clock.systemUTC(), log);
    }

    SignedReleases(Settings settings, Path unit, Clock clock, Logger log) {
        this.settings = new LiveSettings(settings, unit, log);
        this.clock = clock;
        this.trace = new Trace(() -> Lasting.of(audit, auditAtEnd), log);
        this.repositories = new Repositories(new Tables(() -> Lasting.of(records, recordsAtEnd)), this.settings);
        this.renewal = new Renewal(repositories, this.settings, clock, log);
    }

    @Activate
    void begin() {
        renewal.begin();
    }

    @Modified
    void modified(Settings.Config config) {
        settings.take(config);
    }

    @Deactivate
    void end() {
        // For calls that are still under way, or that were about to be made.
        recordsAtEnd = records;
        auditAtEnd = audit;
        renewal.end();
    }

    Renewal renewal() {
        return renewal;
    }

    OnlineKeys onlineKeys() {
        return new OnlineKeys(repositories, settings, trace);
    }

    @Override
    public ImportAnswer importRoot(byte[] root, String actor) throws ReleasesException {
        return importing(actor, "root of the releases", root, MAX_ROOT_BYTES, open -> {
            Settings now = settings.get();
            return open.releases().follow(root, now.place().keys(), now.lifetimes(), clock.instant());
        });
    }

    @Override
    public ImportAnswer importDirectorRoot(byte[] root, String actor) throws ReleasesException {
        return importing(
                actor,
                "root of the director",
                root,
                MAX_ROOT_BYTES,
                open -> open.director().follow(root, clock.instant()));
    }

    @Override
    public ImportAnswer importFile(String sha256, InputStream bytes) throws ReleasesException {
        try {
            return new IncomingFiles(settings.get().place()).take(sha256, bytes);
        } catch (IOException e) {
            throw new ReleasesException("the file could not be kept: " + e.getMessage(), e);
        }
    }

    @Override
    public ImportAnswer importTargets(byte[] targets, String actor) throws ReleasesException {
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

    @Override
    public ImportAnswer importDelegated(String role, byte[] targets, String actor) throws ReleasesException {
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

    @Override
    public ImportAnswer importPermit(byte[] permit, String actor) throws ReleasesException {
        return importing(
                actor,
                "permit to go below a floor",
                permit,
                Permit.MAX_BYTES,
                open -> open.releases().permit(permit, clock.instant()));
    }

    @Override
    public ImportAnswer importTimestamp(byte[] timestamp, String actor) throws ReleasesException {
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

    private boolean published(
            Repositories.Open open, Optional<List<io.sekimori.trust.Release>> releases, Publishing publishing)
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

    @Override
    public List<Release> releases() throws ReleasesException {
        return Catalog.sorted(facts().releases());
    }

    @Override
    public Optional<Release> release(Release.Kind kind, String symbolicName, String version) throws ReleasesException {
        return releases().stream()
                .filter(release -> release.kind() == kind
                        && release.symbolicName().equals(symbolicName)
                        && release.version().equals(version))
                .findFirst();
    }

    @Override
    public RepositoryState state() throws ReleasesException {
        return reading((open, connection) -> States.of(
                open.releases().facts(), open.director().root(), open.releases().publishers()));
    }

    private RepositoryFacts facts() throws ReleasesException {
        return reading((open, connection) -> open.releases().facts());
    }

    private <T> T reading(Repositories.Use<T> use) throws ReleasesException {
        try {
            return repositories.read(use);
        } catch (RefusedException e) {
            throw new ReleasesException(e.getMessage(), e);
        }
    }
}
