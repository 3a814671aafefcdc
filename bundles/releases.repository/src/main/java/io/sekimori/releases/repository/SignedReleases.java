package io.sekimori.releases.repository;

import io.sekimori.audit.AuditLog;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.records.Records;
import io.sekimori.releases.ImportAnswer;
import io.sekimori.releases.Release;
import io.sekimori.releases.Releases;
import io.sekimori.releases.ReleasesException;
import io.sekimori.releases.RepositoryState;
import io.sekimori.trust.RepositoryFacts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
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
    private final Repositories repositories;
    private final Imports imports;
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
        this.trace = new Trace(() -> Lasting.of(audit, auditAtEnd), log);
        this.repositories = new Repositories(new Tables(() -> Lasting.of(records, recordsAtEnd)), this.settings);
        this.imports = new Imports(repositories, this.settings, trace, clock);
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
        return imports.root(root, actor);
    }

    @Override
    public ImportAnswer importDirectorRoot(byte[] root, String actor) throws ReleasesException {
        return imports.directorRoot(root, actor);
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
        return imports.targets(targets, actor);
    }

    @Override
    public ImportAnswer importDelegated(String role, byte[] targets, String actor) throws ReleasesException {
        return imports.delegated(role, targets, actor);
    }

    @Override
    public ImportAnswer importPermit(byte[] permit, String actor) throws ReleasesException {
        return imports.permit(permit, actor);
    }

    @Override
    public ImportAnswer importTimestamp(byte[] timestamp, String actor) throws ReleasesException {
        return imports.timestamp(timestamp, actor);
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
