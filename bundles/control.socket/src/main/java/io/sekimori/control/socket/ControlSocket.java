package io.sekimori.control.socket;

import io.sekimori.audit.AuditTrail;
import io.sekimori.control.ControlOperation;
import io.sekimori.generation.Unit;
import io.sekimori.keys.Keys;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.Admission;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.update.UpdateService;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
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
 * The gateway's side of {@code run/control.sock}. Only the user the gateway runs as, and root, can connect. Thread-safe.
 */
@Capability(
        namespace = "io.sekimori.port",
        attribute = {"transport=unix", "path='run/.c*/s'"})
@Component(
        immediate = true,
        service = {})
public final class ControlSocket implements Services {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable UpdateService update;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditTrail audit;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Keys keys;

    private volatile @Nullable UpdateService updateAtEnd;
    private volatile @Nullable AuditTrail auditAtEnd;
    private volatile @Nullable Keys keysAtEnd;

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    volatile List<Map.Entry<Map<String, Object>, ControlOperation>> operations = List.of();

    private volatile List<Map.Entry<Map<String, Object>, ControlOperation>> operationsAtEnd = List.of();

    private final Unit unit;
    private final Requests requests;
    private final HealthFacts health;
    private final Logger log;
    private @Nullable Listener listener;

    /** Called by the component runtime. */
    @Activate
    public ControlSocket(
            BundleContext context,
            @Reference Admission admission,
            @Reference RunningGeneration running,
            @Reference(service = LoggerFactory.class) Logger log) {
        this.unit = new Unit(running.unit());
        this.health = new HealthFacts(context);
        this.requests = new Requests(this, new GatewayFacts(context, admission, running, this, health));
        this.log = log;
    }

    // A component that cannot listen does not activate, so that whoever swaps this bundle sees it.
    @Activate
    void begin() throws IOException {
        listener = Listener.open(unit.controlSocket(), requests, log);
    }

    @Deactivate
    void end() {
        // For calls that are still under way, or that were about to be made.
        operationsAtEnd = operations;
        updateAtEnd = update;
        auditAtEnd = audit;
        keysAtEnd = keys;
        Listener open = listener;
        if (open != null) {
            open.close();
        }
        health.close();
    }

    @Override
    public Optional<UpdateService> update() {
        return Optional.ofNullable(Lasting.of(update, updateAtEnd));
    }

    @Override
    public Optional<AuditTrail> audit() {
        return Optional.ofNullable(Lasting.of(audit, auditAtEnd));
    }

    @Override
    public Optional<Keys> keys() {
        return Optional.ofNullable(Lasting.of(keys, keysAtEnd));
    }

    @Override
    public Optional<ControlOperation> operation(String name) {
        return Lasting.all(operations, operationsAtEnd).stream()
                .filter(each -> name.equals(each.getKey().get(ControlOperation.NAME)))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
