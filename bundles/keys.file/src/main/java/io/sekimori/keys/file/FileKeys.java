package io.sekimori.keys.file;

import io.sekimori.audit.AuditLog;
import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.keys.Protection;
import io.sekimori.keys.PublicKeyFacts;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.RunningGeneration;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/**
 * The keys of the gateway as files in {@code data/io.sekimori.keys.file}. Holds no key between calls, so two versions
 * may run beside each other, and a call that comes after deactivation is served like any other.
 *
 * <p>Thread-safe.
 */
@Component(
        service = {Keys.class, HealthCheck.class},
        property = {HealthCheck.NAME + "=keys in files", HealthCheck.TAGS + "=sekimori"})
public final class FileKeys implements Keys, HealthCheck {

    static final String BUNDLE = "io.sekimori.keys.file";
    private static final Protection PROTECTION = new Protection(
            Protection.Kind.FILE,
            "Private keys lie in files: whoever becomes the gateway's user or copies the disk has them, and flash"
                    + " memory may keep a destroyed key. Weaker than a key in hardware.");

    private final KeyFiles files;
    private final KeyAudit desk;
    private volatile @Nullable AuditLog auditAtEnd;

    // Dynamic, so that a swap of the audit does not restart the keys. Package-private for the unit test.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    /** Called by Declarative Services. */
    @Activate
    public FileKeys(@Reference RunningGeneration generation, @Reference(service = LoggerFactory.class) Logger log) {
        this(new KeyFiles(generation.unit().resolve("data").resolve(BUNDLE)), log);
    }

    FileKeys(KeyFiles files, Logger log) {
        this.files = files;
        this.desk = new KeyAudit(this::currentAudit, log);
        try {
            files.tidy();
        } catch (KeyException e) {
            log.warn("Keys half made or half destroyed could not be removed yet", e);
        }
    }

    /** Keeps the audit for calls that are still to come. */
    @Deactivate
    void release() {
        auditAtEnd = audit;
    }

    @Override
    public List<String> names() throws KeyException {
        return files.names();
    }

    @Override
    public Optional<PublicKeyFacts> publicKey(String name) throws KeyException {
        return files.publicKey(name);
    }

    @Override
    public byte[] sign(String name, byte[] message) throws KeyException {
        return files.sign(name, message);
    }

    @Override
    public SSLContext tls(String name, List<X509Certificate> chain, List<X509Certificate> anchors) throws KeyException {
        return KeyTls.context(files, name, chain, anchors);
    }

    @Override
    public SSLContext tls(String name, List<X509Certificate> chain, List<X509Certificate> anchors, InstantSource time)
            throws KeyException {
        return KeyTls.client(files, name, chain, anchors, time);
    }

    @Override
    public SSLContext server(String name, List<X509Certificate> chain, List<X509Certificate> anchors)
            throws KeyException {
        return KeyTls.server(files, name, chain, anchors);
    }

    @Override
    public PublicKeyFacts create(String name, KeyAlgorithm algorithm, String actor) throws KeyException {
        KeyFiles.requireName(name);
        KeyAudit.Action action = new KeyAudit.Action(actor, "keys.create", name, Map.of("algorithm", algorithm.name()));
        return desk.audited(action, () -> files.create(name, algorithm), made -> Map.of("id", made.id()));
    }

    @Override
    public void destroy(String name, String actor, String reason) throws KeyException {
        KeyFiles.requireName(name);
        desk.audited(
                new KeyAudit.Action(actor, "keys.destroy", name, Map.of("reason", reason)), () -> files.destroy(name));
    }

    @Override
    public Protection protection() {
        return PROTECTION;
    }

    /** Looks at each key as a use would. That keys lie in files is a note, not an illness. */
    @Override
    public Result execute() {
        try {
            List<String> names = files.names();
            for (String name : names) {
                files.publicKey(name);
            }
            return new Result(Result.Status.OK, "keys " + names + ". " + PROTECTION.note());
        } catch (KeyException e) {
            return new Result(Result.Status.CRITICAL, String.valueOf(e.getMessage()));
        }
    }

    private @Nullable AuditLog currentAudit() {
        return Lasting.of(audit, auditAtEnd); // read once: one call, one audit
    }
}
