package io.sekimori.link;

import io.sekimori.audit.AuditLog;
import io.sekimori.authority.Authority;
import io.sekimori.authority.AuthorityException;
import io.sekimori.fleet.Courier;
import io.sekimori.fleet.Fleet;
import io.sekimori.insight.Insight;
import io.sekimori.rollouts.Rollouts;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
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
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The console at the broker. It owns the session, so it is replaced and never doubled; pages and REST come and go without
 * it. Thread-safe.
 */
@Component(
        immediate = true,
        service = {Courier.class, HealthCheck.class},
        configurationPid = ConsoleLink.PID,
        property = {HealthCheck.NAME + "=link to the broker", HealthCheck.TAGS + "=sekimori"})
@Designate(ocd = ConsoleLink.Config.class)
public final class ConsoleLink implements Courier, HealthCheck {

    static final String PID = "io.sekimori.link";

    /** What can be configured. */
    @ObjectClassDefinition(localization = "OSGI-INF/l10n/link", name = "%name", description = "%description")
    @interface Config {

        @AttributeDefinition(name = "%broker.name", description = "%broker.description")
        String broker() default "ssl://localhost:8883";

        @AttributeDefinition(name = "%account.name", description = "%account.description")
        String account() default "sekimori";

        @AttributeDefinition(name = "%number.name", description = "%number.description", min = "1", max = "999")
        int number() default 1;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Authority authority;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Fleet fleet;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Rollouts rollouts;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Insight insight;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    private final Logger log;
    private volatile @Nullable Connection connection;

    /** Called by Declarative Services. */
    @Activate
    public ConsoleLink(@Reference(service = LoggerFactory.class) Logger log) {
        this.log = log;
    }

    @Activate
    void begin(Config config) {
        open(settings(config));
    }

    /** Connects anew if what it connects to has changed. */
    @Modified
    void apply(Config config) {
        LinkSettings wanted = settings(config);
        Connection current = connection;
        if (current == null || !current.settings().equals(wanted)) {
            end();
            open(wanted);
        }
    }

    @Deactivate
    void end() {
        Connection current = connection;
        connection = null;
        if (current != null) {
            current.close();
        }
    }

    @Override
    public boolean connected() {
        Connection current = connection;
        return current != null && current.session().connected();
    }

    @Override
    public CompletionStage<Delivery> deliver(Parcel parcel) {
        Connection current = connection;
        return current == null ? Connection.none() : current.post().send(parcel);
    }

    @Override
    public void tell(Parcel parcel) {
        Connection current = connection;
        if (current != null) {
            current.post().tell(parcel);
        }
    }

    /** Whether there is a session, what waits, and what was dropped. */
    @Override
    public Result execute() {
        Connection current = connection;
        if (current == null || !current.session().connected()) {
            String why = current == null ? "not opened" : current.session().trouble();
            return new Result(Result.Status.WARN, "no session at the broker: " + why);
        }
        return new Result(Result.Status.OK, current.facts());
    }

    private void open(LinkSettings settings) {
        connection = Connection.open(
                settings, () -> tls(settings.number()), () -> fleet, () -> rollouts, () -> insight, () -> audit, log);
    }

    private static LinkSettings settings(Config config) {
        URI broker = URI.create(config.broker());
        if (!"ssl".equals(broker.getScheme())) {
            throw new IllegalArgumentException("the broker's address begins with ssl://");
        }
        return new LinkSettings(broker, config.account(), config.number());
    }

    private SSLContext tls(int number) throws GeneralSecurityException {
        Authority current = authority;
        if (current == null) {
            throw new GeneralSecurityException("no authority is installed");
        }
        try {
            return current.client(number);
        } catch (AuthorityException e) {
            throw new GeneralSecurityException(e.getMessage(), e);
        }
    }
}
