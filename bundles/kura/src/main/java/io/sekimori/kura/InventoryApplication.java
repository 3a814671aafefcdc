package io.sekimori.kura;

import io.sekimori.connection.Application;
import io.sekimori.connection.Method;
import io.sekimori.connection.Reply;
import io.sekimori.connection.Request;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.Admission;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.update.UpdateService;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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
 * Kura's INVENTORY-V1, as far as it reads; {@code signed} is the launcher's verdict. Containers are nothing this gateway
 * looks after, so there are no such resources.
 *
 * <p>Thread-safe.
 */
@Component(property = Application.ID + "=INVENTORY-V1")
public final class InventoryApplication implements Application {

    private static final Pattern CHANGES =
            Pattern.compile("EXEC/(bundles|containers)/_(start|stop)|DEL/(images|containers)/_delete");

    private final Installed installed;
    private final DebianPackages system;
    private final Logger log;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable UpdateService update;

    private volatile @Nullable UpdateService updateAtEnd;

    /** Called by Declarative Services. */
    @Activate
    public InventoryApplication(
            BundleContext context,
            @Reference Admission admission,
            @Reference RunningGeneration started,
            @Reference(service = LoggerFactory.class) Logger log) {
        this(context, admission, started, new DebianPackages(DebianPackages.STATUS), log);
    }

    InventoryApplication(
            BundleContext context, Admission admission, RunningGeneration started, DebianPackages system, Logger log) {
        this.installed =
                new Installed(context, admission, started, () -> Optional.ofNullable(Lasting.of(update, updateAtEnd)));
        this.system = system;
        this.log = log;
    }

    /** Keeps it for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        updateAtEnd = update;
    }

    @Override
    public Reply handle(Request request) {
        if (request.method() == Method.GET) {
            try {
                return read(request);
            } catch (IOException e) {
                log.error("The packages of the operating system cannot be read", e);
                return Reply.refused(
                        500, KuraCode.RESOURCE_UNREADABLE.name(), "the packages of the system cannot be read");
            }
        }
        return CHANGES.matcher(request.method() + "/" + request.path()).matches()
                ? Refusals.mandateRequired()
                : Refusals.unknown(request);
    }

    private Reply read(Request request) throws IOException {
        return switch (request.path()) {
            case "bundles" -> Reply.done(InventoryJson.bundles(installed.bundles()));
            case "deploymentPackages" ->
                Reply.done(
                        InventoryJson.deploymentPackages(Installed.PACKAGE, installed.version(), installed.packaged()));
            case "systemPackages" -> Reply.done(InventoryJson.systemPackages(system.installed()));
            case "inventory" ->
                Reply.done(InventoryJson.inventory(
                        Installed.PACKAGE, installed.version(), installed.bundles(), system.installed()));
            default -> Refusals.unknown(request);
        };
    }
}
