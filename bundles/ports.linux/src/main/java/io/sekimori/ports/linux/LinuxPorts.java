package io.sekimori.ports.linux;

import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.ports.Listener;
import io.sekimori.ports.Look;
import io.sekimori.ports.PortCode;
import io.sekimori.ports.PortFinding;
import io.sekimori.ports.Ports;
import io.sekimori.status.Finding;
import io.sekimori.status.StatusSource;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * What listens, from {@code /proc}. Opens nothing and keeps nothing but since when each finding is there, so two versions
 * may run beside each other. Thread-safe.
 */
@Component(
        service = {Ports.class, StatusSource.class, HealthCheck.class},
        configurationPid = Settings.PID,
        property = {HealthCheck.NAME + "=open ports", HealthCheck.TAGS + "=sekimori"})
@Designate(ocd = Settings.Config.class)
public final class LinuxPorts implements Ports, StatusSource, HealthCheck {

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable ConfigurationAdmin configurations;

    private volatile @Nullable ConfigurationAdmin configurationsAtEnd;

    private final Declarations declarations;
    private final ProcFiles proc;
    private final long self = ProcessHandle.current().pid();
    private final Clock clock;
    private final Since since = new Since();
    private volatile Settings settings;

    /** Called by Declarative Services. */
    @Activate
    public LinuxPorts(BundleContext own, @Reference RunningGeneration generation, Settings.Config config) {
        // The framework's, which outlives this bundle: who asks an old version just then is still answered.
        BundleContext context = own.getBundle(Constants.SYSTEM_BUNDLE_ID).getBundleContext();
        this.declarations = new Declarations(context, generation.unit());
        this.proc = Owners.system();
        this.clock = Clock.systemUTC();
        this.settings = Settings.of(config);
    }

    /** Takes the new configuration without a break; one that makes no sense changes nothing. */
    @Modified
    void change(Settings.Config config) {
        settings = Settings.of(config);
    }

    /** Keeps it for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        configurationsAtEnd = configurations;
    }

    @Override
    public Look look() {
        List<Since.Found> found = new ArrayList<>();
        List<Listener> listeners = List.of();
        List<Declaration> declared = declarations.read(
                Lasting.of(configurations, configurationsAtEnd), (code, detail) -> add(found, code, detail));
        try {
            List<Owners.Owned> open = new Owners(proc, self).all();
            listeners = new Comparison(declared, settings, (code, detail) -> add(found, code, detail)).of(open);
            new JavaDoors(
                            proc,
                            self,
                            System.getProperties().stringPropertyNames(),
                            name -> Objects.requireNonNullElse(System.getenv(name), ""))
                    .look((code, detail) -> add(found, code, detail));
        } catch (IOException e) {
            add(found, PortCode.PORTS_UNREADABLE, String.valueOf(e.getMessage()));
        }
        return new Look(clock.instant(), listeners, since.of(found, clock.instant()));
    }

    @Override
    public Contribution contribute() {
        return new Contribution(
                look().findings().stream()
                        .map(each -> new Finding(each.code().name(), each.detail(), each.since()))
                        .toList(),
                List.of());
    }

    /** Critical if nobody knows what listens; a warning for each other finding, which a person has to judge. */
    @Override
    public Result execute() {
        Look look = look();
        if (look.findings().isEmpty()) {
            return new Result(Result.Status.OK, look.listeners().size() + " listeners, all as declared");
        }
        boolean blind = look.findings().stream().anyMatch(each -> each.code() == PortCode.PORTS_UNREADABLE);
        PortFinding first = look.findings().get(0);
        return new Result(
                blind ? Result.Status.CRITICAL : Result.Status.WARN,
                (look.findings().size() == 1 ? "" : look.findings().size() + " findings, the first: ") + first.code()
                        + " " + first.detail());
    }

    private static void add(List<Since.Found> found, PortCode code, String detail) {
        found.add(new Since.Found(code, detail));
    }
}
