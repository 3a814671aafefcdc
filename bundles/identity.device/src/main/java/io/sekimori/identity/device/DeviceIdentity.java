package io.sekimori.identity.device;

import io.sekimori.audit.AuditLog;
import io.sekimori.generation.Nameplate;
import io.sekimori.generation.Unit;
import io.sekimori.identity.EnrolAnswer;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.Enrolment;
import io.sekimori.identity.HttpProxy;
import io.sekimori.identity.Identity;
import io.sekimori.identity.IdentityException;
import io.sekimori.identity.IdentityListener;
import io.sekimori.keys.Keys;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Sha256;
import io.sekimori.update.Forgeries;
import io.sekimori.update.TimeReading;
import io.sekimori.update.TrustedTime;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
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

/**
 * Who this gateway is, kept in {@code data/io.sekimori.identity.device}. Two versions of it may run beside each other:
 * each sees what the other wrote, and only one enrols at a time. Thread-safe.
 */
@Component(
        immediate = true,
        configurationPid = DeviceIdentity.BUNDLE,
        service = {Identity.class, Enrolment.class, TrustedTime.class, DeviceIdentity.class})
@Designate(ocd = RenewalSettings.Config.class)
public final class DeviceIdentity implements Identity, Enrolment, TrustedTime, Tools {

    static final String BUNDLE = "io.sekimori.identity.device";

    // Other bundles' services: dynamic, since they are swapped. Package-private for the unit test.
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Keys keys;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    // Served by a component that needs nothing of this one, though the engine does.
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Forgeries forgeries;

    private volatile @Nullable Forgeries forgeriesAtEnd;
    private volatile @Nullable Keys keysAtEnd;
    private volatile @Nullable AuditLog auditAtEnd;

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    volatile List<IdentityListener> listeners = List.of();

    private volatile List<IdentityListener> listenersAtEnd = List.of();

    private final Nameplate nameplate;
    private final IdentityFolder folder;
    private final GatewayTime time;
    private final OwnTls ownTls;
    private final TimeWatch watch;
    private final Enrolling enrolling;
    private final Resumption resumption;
    private final Renewing renewing;
    private final Renewal renewal;
    private final Logger log;
    private volatile RenewalSettings settings;
    private volatile Way way;

    /** Called by Declarative Services; a unit without a nameplate has no identity. */
    @Activate
    public DeviceIdentity(
            RenewalSettings.Config config,
            @Reference RunningGeneration running,
            @Reference(service = LoggerFactory.class) Logger log)
            throws IOException, MalformedJson {
        this(new Unit(running.unit()), RenewalSettings.of(config), Way.first(config, log), Clock.systemUTC(), log);
    }

    DeviceIdentity(Unit unit, RenewalSettings settings, Way way, Clock clock, Logger log)
            throws IOException, MalformedJson {
        this.settings = settings;
        this.way = way;
        this.nameplate = Nameplate.parse(Files.readAllBytes(unit.nameplate()));
        this.folder = new IdentityFolder(unit.data(BUNDLE));
        this.time = new GatewayTime(unit, clock);
        this.ownTls = new OwnTls(folder, this::keys, time.forCertificates(), this::seenOverAnother);
        ConsoleTime console =
                new ConsoleTime(unit, time, this::proxy, ownTls::at, this::forged).refusing(folder::revoked);
        this.watch = new TimeWatch(time, console::ask, this::place, clock, System::nanoTime, log);
        this.enrolling = new Enrolling(unit, folder, this, time, console, log);
        this.resumption = new Resumption(unit, folder, enrolling, log);
        this.renewing = new Renewing(folder, this, () -> this.settings, time.forCertificates(), log);
        this.renewal = new Renewal(renewing, this::enrolled, () -> this.settings, time.forCertificates(), log);
        this.log = log;
    }

    @Activate
    void begin() {
        watch.begin();
        resumption.begin();
        renewal.begin();
    }

    /** A configuration that makes no sense changes nothing. */
    @Modified
    void configure(RenewalSettings.Config config) {
        try {
            RenewalSettings next = RenewalSettings.of(config);
            Way before = way;
            way = Way.of(config);
            settings = next;
            if (!way.equals(before)) {
                enrolled().ifPresent(this::tell);
            }
            renewal.begin();
        } catch (IllegalArgumentException e) {
            log.error("The configuration {} is not followed: {}", BUNDLE, e.getMessage());
        }
    }

    @Deactivate
    void end() {
        // For calls that are still under way, or that were about to be made.
        listenersAtEnd = listeners;
        keysAtEnd = keys;
        forgeriesAtEnd = forgeries;
        auditAtEnd = audit;
        watch.close();
        resumption.close();
        renewal.close();
    }

    /** As {@link Renewing#atOnce}. */
    Optional<EnrolAnswer.Refused> renew(String actor) {
        return renewing.atOnce(actor);
    }

    /** When the certificate is renewed. */
    RenewalSettings settings() {
        return settings;
    }

    /** Why the last renewal failed; empty if it did not. */
    Optional<EnrolAnswer.Refused> renewalRefusal() {
        return renewal.refusal();
    }

    @Override
    public TimeReading now() {
        return time.now();
    }

    /** Why the console's word of the time was not taken last; empty if it was. */
    Optional<EnrolAnswer.Refused> timeRefusal() {
        return watch.refusal();
    }

    /** Whether clock and console contradict each other, which {@link #now} decides. */
    boolean timeContradicted() {
        return time.contradicted();
    }

    private Optional<TimeWatch.Place> place() {
        return enrolled()
                .map(who -> new TimeWatch.Place(
                        who.console(),
                        Sha256.hex(who.anchors().get(0).getPublicKey().getEncoded())));
    }

    @Override
    public String model() {
        return nameplate.model();
    }

    @Override
    public String serial() {
        return nameplate.serial();
    }

    @Override
    public Optional<Enrolled> enrolled() {
        try {
            return folder.kept().map(Kept::enrolled);
        } catch (IdentityException e) {
            return Optional.empty(); // the health check and tls() say why
        }
    }

    @Override
    public Optional<SSLContext> tls() throws IdentityException {
        return ownTls.context();
    }

    private void forged(Forgeries.Forgery forgery) {
        Forgeries present = Lasting.of(forgeries, forgeriesAtEnd);
        if (present != null) {
            present.refused(forgery);
        }
    }

    /** Who answers over another issuing CA than ours hints that it was replaced. */
    private void seenOverAnother() {
        if (renewing.news().hint()) {
            renewal.begin();
        }
    }

    @Override
    public Optional<HttpProxy> proxy() {
        return way.proxy();
    }

    @Override
    public EnrolAnswer enrol(byte[] activation, String actor) {
        EnrolAnswer answer = enrolling.enrol(activation, actor);
        resumption.begin(); // a reply that was lost is asked for again without anybody's doing
        return answer;
    }

    @Override
    public Optional<Keys> keys() {
        return Optional.ofNullable(Lasting.of(keys, keysAtEnd));
    }

    @Override
    public Optional<AuditLog> audit() {
        return Optional.ofNullable(Lasting.of(audit, auditAtEnd));
    }

    @Override
    public void tell(Enrolled now) {
        for (IdentityListener each : Lasting.all(listeners, listenersAtEnd)) {
            try {
                each.enrolled(now);
            } catch (RuntimeException e) { // the boundary to another bundle
                log.error("A listener failed to hear that this gateway is now {}", now.id(), e);
            }
        }
        watch.begin();
        renewal.begin();
    }
}
