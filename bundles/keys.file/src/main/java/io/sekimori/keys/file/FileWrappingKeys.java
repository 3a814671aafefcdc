package io.sekimori.keys.file;

import io.sekimori.audit.AuditLog;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.WrappingKeys;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.RunningGeneration;
import java.util.Map;
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
 * The wrapping keys of the gateway as files beside the other keys. Holds no key between calls, so two versions may run
 * beside each other, and a call that comes after deactivation is served like any other.
 *
 * <p>Thread-safe.
 */
@Component
public final class FileWrappingKeys implements WrappingKeys {

    private final WrappingKeyFiles files;
    private final KeyAudit desk;
    private volatile @Nullable AuditLog auditAtEnd;

    // Dynamic, so that a swap of the audit does not restart the keys. Package-private for the unit test.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    /** Called by Declarative Services. */
    @Activate
    public FileWrappingKeys(
            @Reference RunningGeneration generation, @Reference(service = LoggerFactory.class) Logger log) {
        this(new WrappingKeyFiles(generation.unit().resolve("data").resolve(FileKeys.BUNDLE)), log);
    }

    FileWrappingKeys(WrappingKeyFiles files, Logger log) {
        this.files = files;
        this.desk = new KeyAudit(this::currentAudit, log);
    }

    /** Keeps the audit for calls that are still to come. */
    @Deactivate
    void release() {
        auditAtEnd = audit;
    }

    @Override
    public boolean exists(String name) throws KeyException {
        return files.exists(name);
    }

    @Override
    public byte[] wrap(String name, byte[] secret, byte[] context) throws KeyException {
        return files.wrap(name, secret, context);
    }

    @Override
    public byte[] unwrap(String name, byte[] wrapped, byte[] context) throws KeyException {
        return files.unwrap(name, wrapped, context);
    }

    @Override
    public void create(String name, String actor) throws KeyException {
        KeyFiles.requireName(name);
        Map<String, String> facts = Map.of("algorithm", "AES_256");
        desk.audited(new KeyAudit.Action(actor, "keys.create", name, facts), () -> files.create(name));
    }

    @Override
    public void destroy(String name, String actor, String reason) throws KeyException {
        KeyFiles.requireName(name);
        Map<String, String> facts = Map.of("reason", reason);
        desk.audited(new KeyAudit.Action(actor, "keys.destroy", name, facts), () -> files.destroy(name));
    }

    private @Nullable AuditLog currentAudit() {
        return Lasting.of(audit, auditAtEnd); // read once: one call, one audit
    }
}
