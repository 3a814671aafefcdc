package io.sekimori.delivery;

import io.sekimori.connection.Application;
import io.sekimori.connection.Link;
import io.sekimori.connection.Outbox;
import io.sekimori.connection.Reply;
import io.sekimori.connection.Request;
import io.sekimori.control.ControlAnswer;
import io.sekimori.control.ControlOperation;
import io.sekimori.generation.Unit;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.Identity;
import io.sekimori.identity.IdentityListener;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.update.Forgeries;
import io.sekimori.update.TakenBack;
import io.sekimori.update.UnitReportListener;
import io.sekimori.update.UpdateService;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
 * The application {@value #APPLICATION}: takes assignments that a console sends or, asked in intervals, has for this
 * gateway, hands them to the update engine, and brings the engine's signed reports to the console, by MQTT and, while
 * that is away, by HTTPS. Keeps nothing but reports that nobody has taken over, so two versions may run beside each
 * other. Thread-safe.
 */
@Component(
        service = {
            Delivery.class,
            Application.class,
            UnitReportListener.class,
            IdentityListener.class,
            ControlOperation.class
        },
        configurationPid = Settings.PID,
        property = {Application.ID + "=" + Delivery.APPLICATION, ControlOperation.NAME + "=update.install"})
@Designate(ocd = Settings.Config.class)
public final class Delivery implements Application, UnitReportListener, IdentityListener, ControlOperation {

    static final String APPLICATION = "SEKIMORI-V1";

    private final Courier courier;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Identity identity;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable UpdateService update;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Outbox outbox;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Link link;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable TakenBack takenBack;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Forgeries forgeries;

    private volatile @Nullable Identity identityAtEnd;
    private volatile @Nullable UpdateService updateAtEnd;
    private volatile @Nullable Outbox outboxAtEnd;
    private volatile @Nullable Link linkAtEnd;
    private volatile @Nullable TakenBack takenBackAtEnd;
    private volatile @Nullable Forgeries forgeriesAtEnd;

    /** Called by Declarative Services. */
    @Activate
    public Delivery(
            @Reference RunningGeneration generation,
            @Reference(service = LoggerFactory.class) Logger log,
            Settings.Config config) {
        PendingReports reports = new PendingReports(
                generation.unit().resolve("data").resolve(Settings.PID).resolve("reports"));
        Surroundings around = around();
        Screening screening = new Screening(new Unit(generation.unit()), around);
        courier = new Courier(around, reports, screening::refusal, Settings.of(config), Clock.systemUTC(), log);
    }

    /** Begins to ask once the services are bound. */
    @Activate
    void begin() {
        courier.begin();
    }

    /** Takes the new configuration without a break. */
    @Modified
    void change(Settings.Config config) {
        courier.change(Settings.of(config));
    }

    /** Asks no more; a transition goes on without it. */
    @Deactivate
    void end() {
        // For calls that are still under way, or that were about to be made.
        identityAtEnd = identity;
        updateAtEnd = update;
        outboxAtEnd = outbox;
        linkAtEnd = link;
        takenBackAtEnd = takenBack;
        forgeriesAtEnd = forgeries;
        courier.end();
    }

    @Override
    public Reply handle(Request request) {
        return courier.handle(request);
    }

    @Override
    public void reported(byte[] report) {
        courier.reported(report);
    }

    /** {@code update.install}: a person on site has what is assigned installed now, or only that {@code assignment}. */
    @Override
    public ControlAnswer answer(Map<String, ?> members, String person) {
        OptionalLong seen =
                members.get("assignment") instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
        return courier.install(person, seen);
    }

    @Override
    public void enrolled(Enrolled now) {
        courier.askSoon();
    }

    /** What the console had when it was asked last. */
    Optional<Asked> asked() {
        return courier.asked();
    }

    /** What that assignment would mend and interrupt. */
    Optional<Map<String, Object>> foretold(long assignment) {
        return courier.foretold(assignment);
    }

    private Surroundings around() {
        return new Surroundings() {
            @Override
            public Optional<Identity> identity() {
                return Optional.ofNullable(Lasting.of(identity, identityAtEnd));
            }

            @Override
            public Optional<UpdateService> update() {
                return Optional.ofNullable(Lasting.of(update, updateAtEnd));
            }

            @Override
            public Optional<Outbox> outbox() {
                return Optional.ofNullable(Lasting.of(outbox, outboxAtEnd));
            }

            @Override
            public Optional<TakenBack> takenBack() {
                return Optional.ofNullable(Lasting.of(takenBack, takenBackAtEnd));
            }

            @Override
            public Optional<Forgeries> forgeries() {
                return Optional.ofNullable(Lasting.of(forgeries, forgeriesAtEnd));
            }

            @Override
            public boolean connected() {
                Link now = Lasting.of(link, linkAtEnd);
                return now != null && now.status().state() == Link.State.CONNECTED;
            }
        };
    }
}
