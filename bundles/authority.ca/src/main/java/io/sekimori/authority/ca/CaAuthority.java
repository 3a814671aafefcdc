package io.sekimori.authority.ca;

import io.sekimori.audit.AuditLog;
import io.sekimori.authority.ActivationOrder;
import io.sekimori.authority.Authority;
import io.sekimori.authority.AuthorityCode;
import io.sekimori.authority.AuthorityException;
import io.sekimori.authority.EnrolmentListener;
import io.sekimori.authority.GatewayCertificate;
import io.sekimori.authority.IssuedActivation;
import io.sekimori.authority.Standing;
import io.sekimori.keys.Keys;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.records.Database;
import io.sekimori.records.Records;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Schema;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
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
 * The console's authority. Its certificates lie in {@code data/io.sekimori.authority.ca}, its keys in the console's keys,
 * its memory in the records; two versions of it may run beside each other. Without a configuration there is none.
 *
 * <p>Thread-safe.
 */
@Component(
        immediate = true,
        service = {Authority.class, CaAuthority.class},
        configurationPid = AuthorityFolder.NAME,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = Settings.Config.class)
public final class CaAuthority implements Authority, Tools {

    private static final Schema SCHEMA = Schema.beside("authority", CaAuthority.class, "V1__enrolment.sql");

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
    volatile @Nullable Records records;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    private volatile @Nullable Keys keysAtEnd;
    private volatile @Nullable Records recordsAtEnd;
    private volatile @Nullable AuditLog auditAtEnd;

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    volatile List<EnrolmentListener> listeners = List.of();

    private volatile List<EnrolmentListener> listenersAtEnd = List.of();

    private final Logger log;
    private final CaOnDisk ca;
    private final Desk desk;
    private final Admittance admittance;
    private final OwnTls tls;
    private final Upkeep upkeep;
    private final NextIssuer next;
    private volatile Settings settings;

    /** Called by Declarative Services. */
    @Activate
    public CaAuthority(
            Settings.Config config,
            @Reference RunningGeneration running,
            @Reference(service = LoggerFactory.class) Logger log) {
        this(Settings.of(config), AuthorityFolder.of(running.unit()), Clock.systemUTC(), log);
    }

    CaAuthority(Settings settings, AuthorityFolder folder, Clock clock, Logger log) {
        this.settings = settings;
        this.log = log;
        this.ca = new CaOnDisk(folder, this, clock);
        this.desk = new Desk(this, clock, log);
        this.admittance = new Admittance(this, clock, log);
        this.tls = new OwnTls(folder, clock);
        this.upkeep = new Upkeep(this, this, folder, clock, log);
        this.next = new NextIssuer(this, this::ca, folder, clock, log);
    }

    @Activate
    void begin() {
        upkeep.begin();
    }

    @Modified
    void apply(Settings.Config config) {
        try {
            settings = Settings.of(config);
        } catch (IllegalArgumentException e) {
            log.error("The configuration {} is refused: {}", AuthorityFolder.NAME, e.getMessage());
        }
    }

    @Deactivate
    void end() {
        // For calls that are still under way, or that were about to be made.
        listenersAtEnd = listeners;
        keysAtEnd = keys;
        recordsAtEnd = records;
        auditAtEnd = audit;
        upkeep.close();
    }

    @Override
    public IssuedActivation activate(ActivationOrder order, String actor) throws AuthorityException {
        return desk.activate(order, actor, settings, ca());
    }

    /** As {@link Desk#enrol}. */
    Register.Entry enrol(String gatewayId, byte[] code, byte[] request, String address)
            throws EnrolRefused, AuthorityException {
        return desk.enrol(gatewayId, code, request, address, settings, ca());
    }

    /** As {@link Desk#renew}. */
    Register.Entry renew(X509Certificate shown, byte[] request, String address)
            throws EnrolRefused, AuthorityException {
        return desk.renew(shown, request, address, settings, ca());
    }

    @Override
    public Standing check(X509Certificate certificate) {
        try {
            return admittance.check(certificate, ca());
        } catch (AuthorityException e) {
            log.error("Nobody can be let in: the authority cannot work", e);
            return new Standing.Refused(e.code(), "the authority cannot work");
        }
    }

    @Override
    public Optional<GatewayCertificate> newest(String gatewayId) throws AuthorityException {
        return desk.newest(gatewayId);
    }

    @Override
    public void revoke(String gatewayId, String reason, String actor) throws AuthorityException {
        desk.revoke(gatewayId, reason, actor);
        revoked();
    }

    @Override
    public byte[] revocations() throws AuthorityException {
        return desk.revocations(ca());
    }

    @Override
    public List<X509Certificate> anchors() throws AuthorityException {
        return List.of(ca().root());
    }

    @Override
    public SSLContext client(int number) throws AuthorityException {
        if (number < 1 || number > 999) {
            throw new IllegalArgumentException("consoles are numbered from 1 to 999");
        }
        return tls.context(new OwnTls.Purpose("console-" + number, Profile.CLIENT), keys(), ca());
    }

    /** What the HTTPS server answers with. */
    SSLContext server() throws AuthorityException {
        Profile profile = Profile.server(settings.consoleNames());
        return tls.context(new OwnTls.Purpose("console-server", profile), keys(), ca());
    }

    Settings settings() {
        return settings;
    }

    /** As {@link CaOnDisk#now}. */
    Ca ca() throws AuthorityException {
        return ca.now();
    }

    /** As {@link NextIssuer}. */
    NextIssuer next() {
        return next;
    }

    @Override
    public Keys keys() throws AuthorityException {
        Keys now = Lasting.of(keys, keysAtEnd);
        if (now == null) {
            throw new AuthorityException(
                    AuthorityCode.AUTHORITY_KEY_REFUSED, "no service that keeps keys is there", null);
        }
        return now;
    }

    @Override
    public Database records() throws AuthorityException {
        Records now = Lasting.of(records, recordsAtEnd);
        if (now == null) {
            throw new AuthorityException(AuthorityCode.AUTHORITY_RECORDS_FAILED, "no records are there", null);
        }
        try {
            return now.open(SCHEMA);
        } catch (RecordsException e) {
            throw Desk.failed(e);
        }
    }

    @Override
    public Optional<AuditLog> audit() {
        return Optional.ofNullable(Lasting.of(audit, auditAtEnd));
    }

    @Override
    public void revoked() {
        upkeep.soon();
    }

    @Override
    public void tell(GatewayCertificate certificate) {
        for (EnrolmentListener each : Lasting.all(listeners, listenersAtEnd)) {
            try {
                each.enrolled(certificate);
            } catch (RuntimeException e) { // the boundary to another bundle
                log.error("A listener failed to hear of the certificate of {}", certificate.gatewayId(), e);
            }
        }
    }
}
