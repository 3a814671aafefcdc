package io.sekimori.settings;

import io.sekimori.audit.AuditLog;
import io.sekimori.config.ConfigException;
import io.sekimori.config.Configurations;
import io.sekimori.connection.Application;
import io.sekimori.connection.Reply;
import io.sekimori.connection.Request;
import io.sekimori.generation.Unit;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.Identity;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.trust.JsonText;
import io.sekimori.update.Forgeries;
import io.sekimori.update.TimeReading;
import io.sekimori.update.TrustedTime;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
 * {@code SETTINGS-V1}: {@code GET sets}, {@code PUT change} and {@code PUT confirm} by mandate, {@code GET
 * changes/<id>}. Two versions of it may run beside each other. Thread-safe.
 */
@Component(immediate = true, service = Application.class, property = Application.ID + "=SETTINGS-V1")
public final class SettingsApplication implements Application, Around {

    private static final String BUNDLE = "io.sekimori.settings";
    private static final Duration SETTLING = Duration.ofSeconds(3);

    // Other bundles' services: dynamic, since they are swapped. Package-private for the unit test.
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Configurations configurations;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Identity identity;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable TrustedTime time;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Forgeries forgeries;

    private volatile @Nullable Forgeries forgeriesAtEnd;
    private volatile @Nullable Configurations configurationsAtEnd;
    private volatile @Nullable AuditLog auditAtEnd;
    private volatile @Nullable Identity identityAtEnd;
    private volatile @Nullable TrustedTime timeAtEnd;

    private final Clock clock;
    private final Mandates mandates;
    private final Trials trials;
    private final Watch watch;

    /** Called by Declarative Services. */
    @Activate
    public SettingsApplication(
            @Reference RunningGeneration running, @Reference(service = LoggerFactory.class) Logger log) {
        this(new Unit(running.unit()), Clock.systemUTC(), SETTLING, log);
    }

    SettingsApplication(Unit unit, Clock clock, Duration settling, Logger log) {
        this.clock = clock;
        this.mandates = new Mandates(unit, this, this::trustedTime);
        this.trials = new Trials(new BookFile(unit.data(BUNDLE)), this, clock, settling, log);
        this.watch = new Watch(trials, log);
    }

    /** A trial that was under way goes on. */
    @Activate
    void begin() {
        watch.begin();
    }

    /** Keeps the others for requests that are under way or still to come. */
    @Deactivate
    void end() {
        configurationsAtEnd = configurations;
        auditAtEnd = audit;
        identityAtEnd = identity;
        timeAtEnd = time;
        forgeriesAtEnd = forgeries;
        watch.close();
    }

    @Override
    public Reply handle(Request request) {
        try {
            return switch (request.method()) {
                case GET -> read(request);
                case PUT -> write(request);
                default -> throw unknown(request);
            };
        } catch (Stopped e) {
            return Reply.refused(e.status(), e.code(), e.detail());
        } catch (IOException e) {
            return Reply.refused(503, SettingsCode.TRIAL_UNWRITABLE.name(), "what is remembered cannot be read");
        }
    }

    private Reply read(Request request) throws Stopped, IOException {
        if (request.path().equals("sets")) {
            return sets(request.metrics().get("language"));
        }
        if (request.resource().size() == 2 && request.resource().get(0).equals("changes")) {
            return json(trials.state(request.resource().get(1)));
        }
        throw unknown(request);
    }

    private Reply sets(@Nullable Object language) throws Stopped {
        Locale locale = language instanceof String tag ? Locale.forLanguageTag(tag) : Locale.ENGLISH;
        try {
            return new Reply(200, Map.of(), Sets.json(configurations(), locale, clock.instant()));
        } catch (ConfigException e) {
            throw new Stopped(503, e.code().name(), String.valueOf(e.getMessage()), e);
        }
    }

    private Reply write(Request request) throws Stopped {
        switch (request.path()) {
            case "change" -> {
                Book.Open open = trials.begin(mandates.judge(request.body(), "settings.change"));
                watch.begin();
                return new Reply(
                        200,
                        Map.of("job.id", open.id(), "operation.id", open.id()),
                        JsonText.bytes(Map.of(
                                "id", open.id(),
                                "state", open.state().name(),
                                "challenge", "",
                                "deadline", open.deadline().toString())));
            }
            case "confirm" -> {
                trials.confirm(mandates.judge(request.body(), "settings.confirm"));
                return Reply.done();
            }
            default -> throw unknown(request);
        }
    }

    private static Reply json(Map<String, Object> facts) {
        return new Reply(200, Map.of(), JsonText.bytes(facts));
    }

    private static Stopped unknown(Request request) {
        return new Stopped(404, SettingsCode.RESOURCE_UNKNOWN, "no such resource for " + request.method());
    }

    @Override
    public Configurations configurations() throws Stopped {
        Configurations current = Lasting.of(configurations, configurationsAtEnd);
        if (current == null) {
            throw new Stopped(503, SettingsCode.PART_ABSENT, "nothing keeps configurations");
        }
        return current;
    }

    @Override
    public Optional<AuditLog> audit() {
        return Optional.ofNullable(Lasting.of(audit, auditAtEnd));
    }

    @Override
    public Optional<Forgeries> forgeries() {
        return Optional.ofNullable(Lasting.of(forgeries, forgeriesAtEnd));
    }

    @Override
    public Optional<Enrolled> enrolled() {
        Identity current = Lasting.of(identity, identityAtEnd);
        return current == null ? Optional.empty() : current.enrolled();
    }

    // Where nobody can say, what is over for certain: a mandate from before that has ended.
    private Instant trustedTime() {
        TrustedTime current = Lasting.of(time, timeAtEnd);
        if (current == null) {
            return clock.instant();
        }
        TimeReading reading = current.now();
        return reading.trusted() ? reading.now() : reading.notBefore();
    }
}
