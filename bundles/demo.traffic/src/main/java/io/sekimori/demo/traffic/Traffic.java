package io.sekimori.demo.traffic;

import io.sekimori.audit.AuditLog;
import io.sekimori.config.ConfigException;
import io.sekimori.config.Configurations;
import io.sekimori.identity.Identity;
import io.sekimori.keys.Keys;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.ports.Ports;
import io.sekimori.status.StatusService;
import io.sekimori.trust.JsonText;
import io.sekimori.vault.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventHandler;

/**
 * Eight callers with calls of 0 to 500 ms against the capabilities, without a pause between them. What became of the
 * calls stands in {@code data/io.sekimori.demo.traffic/traffic.json}, written anew ten times a second.
 */
@Component(service = EventHandler.class, immediate = true, property = "event.topics=" + EventConversation.TOPIC)
public final class Traffic implements EventHandler {

    private static final Duration REPORT_EVERY = Duration.ofMillis(100);
    private static final Duration RECONFIGURE_EVERY = Duration.ofMillis(20);

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Keys keys;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Configurations configurations;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable EventAdmin events;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Vault vault;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable StatusService status;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Ports ports;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Identity identity;

    private final Callers callers = new Callers(
            List.of(
                    new AuditConversation(() -> audit),
                    new KeysConversation(() -> keys),
                    new ConfigConversation(() -> configurations),
                    new EventConversation(() -> events, new AtomicBoolean()),
                    new VaultConversation(() -> vault),
                    new StatusConversation(() -> status),
                    new PortsConversation(() -> ports),
                    new IdentityConversation(() -> identity)),
            this::wanted,
            this::tally);
    private final Path directory;
    private volatile Round round = Round.NONE;
    private volatile Tally tally = new Tally();

    /** Needs to know where the unit's data are. */
    @Activate
    public Traffic(@Reference RunningGeneration running) {
        this.directory = running.unit().resolve("data").resolve("io.sekimori.demo.traffic");
    }

    @Activate
    void start() throws IOException {
        Files.createDirectories(directory);
        callers.start();
        callers.begin("sekimori-traffic-reconfigure", this::reconfigure);
        callers.begin("sekimori-traffic-report", this::report);
    }

    @Deactivate
    void stop() {
        callers.stop();
    }

    /** The other end of {@link EventConversation}: the handler takes as long as the call shall last. */
    @Override
    public void handleEvent(Event event) {
        Duration length = Duration.ofNanos((Long) event.getProperty(EventConversation.LENGTH_NANOS));
        if (callers.paused(length)) {
            ((AtomicBoolean) event.getProperty(EventConversation.ARRIVED)).set(true);
        }
    }

    private boolean wanted(String conversation) {
        return round.kinds().contains(conversation);
    }

    private Tally tally() {
        return tally;
    }

    private void reconfigure() {
        Reconfiguring reconfiguring = new Reconfiguring();
        while (callers.paused(RECONFIGURE_EVERY)) {
            String pid = round.reconfigure().orElse("");
            Configurations current = configurations;
            if (pid.isEmpty()) {
                continue;
            }
            if (current == null) {
                tally.refused("no Configurations");
                continue;
            }
            try {
                reconfiguring.change(current, pid, tally);
            } catch (ConfigException | RuntimeException e) {
                tally.refused(String.valueOf(e));
            }
        }
    }

    private void report() {
        while (callers.paused(REPORT_EVERY)) {
            try {
                Round wished = Round.read(directory.resolve("round.json"));
                if (!wished.equals(round)) {
                    tally = new Tally();
                    round = wished;
                }
                write();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void write() throws IOException {
        Map<String, Object> report = new TreeMap<>(tally.asMap());
        report.put("round", round.name());
        Path half = directory.resolve("traffic.json.tmp");
        Files.write(half, JsonText.bytes(report));
        Files.move(half, directory.resolve("traffic.json"), StandardCopyOption.ATOMIC_MOVE);
    }
}
