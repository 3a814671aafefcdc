package io.sekimori.vault.sealed;

import io.sekimori.audit.AuditLog;
import io.sekimori.keys.WrappingKeys;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.vault.VaultException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The vaults of this gateway, shared by the services of all bundles. Holds no key between calls but those of open files,
 * so two versions may run beside each other, and a call or file that outlives deactivation is served like any other.
 *
 * <p>Thread-safe.
 */
@Component(
        name = Settings.PID,
        service = {SealedVaults.class, HealthCheck.class},
        property = {HealthCheck.NAME + "=vault", HealthCheck.TAGS + "=sekimori"})
@Designate(ocd = Settings.Config.class)
public final class SealedVaults implements HealthCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Logger log;
    private final Vaults vaults;
    private volatile Settings settings;
    private volatile @Nullable AuditLog auditAtEnd;
    private volatile @Nullable WrappingKeys keysAtEnd;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable WrappingKeys keys;

    /** Called by Declarative Services. */
    @Activate
    public SealedVaults(
            @Reference RunningGeneration generation,
            @Reference(service = LoggerFactory.class) Logger log,
            Settings.Config config) {
        this(generation.unit().resolve("data").resolve(Settings.PID), Disk.DURABLE, log, Settings.of(config));
    }

    SealedVaults(Path root, Disk disk, Logger log, Settings settings) {
        this.log = log;
        this.settings = settings;
        this.vaults = new Vaults(new Store(
                root,
                disk,
                new GatewayKey(this::currentKeys),
                new VaultAudit(this::currentAudit, log),
                new Sealing(),
                PATIENCE,
                () -> this.settings));
    }

    /** A configuration that makes no sense changes nothing. */
    @Modified
    void configure(Settings.Config config) {
        try {
            settings = Settings.of(config);
        } catch (IllegalArgumentException e) {
            log.error("The configuration {} is not followed: {}", Settings.PID, e.getMessage());
        }
    }

    /** Keeps what calls that are still to come need. */
    @Deactivate
    void release() {
        auditAtEnd = audit;
        keysAtEnd = keys;
    }

    Vaults vaults() {
        return vaults;
    }

    /** Opens the index of each bundle, as a use would. */
    @Override
    public Result execute() {
        String checked = "";
        try {
            List<String> owners = vaults.owners();
            for (String owner : owners) {
                checked = owner;
                vaults.of(owner).entries();
            }
            return new Result(Result.Status.OK, owners.size() + " bundles have data, each of which can be opened");
        } catch (VaultException e) {
            return new Result(Result.Status.CRITICAL, checked + ": " + e.getMessage());
        }
    }

    private @Nullable AuditLog currentAudit() {
        return Lasting.of(audit, auditAtEnd); // read once: one call, one audit
    }

    private @Nullable WrappingKeys currentKeys() {
        return Lasting.of(keys, keysAtEnd);
    }
}
