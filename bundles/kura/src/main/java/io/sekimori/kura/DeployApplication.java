package io.sekimori.kura;

import io.sekimori.connection.Application;
import io.sekimori.connection.Method;
import io.sekimori.connection.Reply;
import io.sekimori.connection.Request;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.Admission;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.update.OpenTransition;
import io.sekimori.update.Phase;
import io.sekimori.update.UpdateService;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

/**
 * Kura's DEPLOY-V2, as far as it reads. What would change the gateway is refused: software changes by signed
 * assignments, and no bundle is started or stopped from afar.
 *
 * <p>Thread-safe.
 */
@Component(property = Application.ID + "=DEPLOY-V2")
public final class DeployApplication implements Application {

    /** Before these phases have passed, what is new arrives and is examined: Kura's download. */
    private static final Set<Phase> ARRIVING = EnumSet.of(Phase.VERIFY, Phase.STAGE, Phase.REHEARSE);

    private static final Pattern CHANGES =
            Pattern.compile("EXEC/(download|install|uninstall|cancel|(start|stop)/[^/]+)|DEL/download");

    private final Installed installed;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable UpdateService update;

    private volatile @Nullable UpdateService updateAtEnd;

    /** Called by Declarative Services. */
    @Activate
    public DeployApplication(
            BundleContext context, @Reference Admission admission, @Reference RunningGeneration started) {
        this.installed =
                new Installed(context, admission, started, () -> Optional.ofNullable(Lasting.of(update, updateAtEnd)));
    }

    /** Keeps it for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        updateAtEnd = update;
    }

    @Override
    public Reply handle(Request request) {
        if (request.method() == Method.GET) {
            return read(request);
        }
        return CHANGES.matcher(request.method() + "/" + request.path()).matches()
                ? Refusals.mandateRequired()
                : Refusals.unknown(request);
    }

    private Reply read(Request request) {
        return switch (request.path()) {
            case "bundles" -> Reply.done(DeployXml.bundles(installed.bundles()));
            case "packages" ->
                Reply.done(DeployXml.packages(Installed.PACKAGE, installed.version(), installed.packaged()));
            case "download" -> Reply.done(download());
            case "install" -> Reply.done(install());
            default -> Refusals.unknown(request);
        };
    }

    private Map<String, Object> download() {
        boolean arriving =
                transition().map(open -> ARRIVING.contains(open.phase())).orElse(false);
        return arriving
                ? Map.of("dp.download.size", 0, "dp.download.progress", 0, "dp.download.status", "IN_PROGRESS")
                : Map.of("dp.download.size", 0, "dp.download.progress", 100, "dp.download.status", "ALREADY DONE");
    }

    private Map<String, Object> install() {
        Optional<OpenTransition> installing = transition().filter(open -> !ARRIVING.contains(open.phase()));
        return installing.isPresent()
                ? Map.of(
                        "dp.install.status",
                        "IN_PROGRESS",
                        "dp.name",
                        Installed.PACKAGE,
                        "dp.version",
                        Integer.toString(installing.get().to()))
                : Map.of("dp.install.status", "IDLE");
    }

    private Optional<OpenTransition> transition() {
        UpdateService current = Lasting.of(update, updateAtEnd); // read once
        return current == null ? Optional.empty() : current.open();
    }
}
