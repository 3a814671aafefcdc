package io.sekimori.status.signed;

import io.sekimori.status.Status;
import io.sekimori.status.StatusException;
import io.sekimori.status.StatusListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/**
 * Decides when a status is reported: when something in it has changed that a person would act on, when somebody new
 * listens, and when it is time. Confined to the status's thread, but for what it is asked by others.
 */
final class Reporter {

    private final Function<Boolean, Status> look;
    private final Signing signing;
    private final Supplier<List<StatusListener>> listeners;
    private final Supplier<Settings> settings;
    private final Logger log;
    private @Nullable Essence told;
    private List<StatusListener> toldTo = List.of();
    private Instant due = Instant.MIN;
    private Instant toldAt = Instant.MIN;
    private String complaint = "";

    /** What of a status is worth a report of its own; measures and words change all the time. */
    private record Essence(int generation, List<?> bundles, List<?> health, List<?> certificates, List<?> findings) {

        static Essence of(Status status) {
            return new Essence(
                    status.generation(),
                    status.bundles(),
                    status.health().stream()
                            .map(one -> one.name() + " " + one.status())
                            .toList(),
                    status.certificates(), // one more: it has just enrolled, and nobody was there to be told before
                    status.findings());
        }
    }

    Reporter(
            Function<Boolean, Status> look,
            Signing signing,
            Supplier<List<StatusListener>> listeners,
            Supplier<Settings> settings,
            Logger log) {
        this.look = look;
        this.signing = signing;
        this.listeners = listeners;
        this.settings = settings;
        this.log = log;
    }

    /** One round. */
    void round(Instant now) {
        List<StatusListener> current = List.copyOf(listeners.get());
        // A clock that was put back must not end the rhythm.
        boolean time = !now.isBefore(due) || now.isBefore(toldAt);
        boolean somebodyNew = !toldTo.containsAll(current);
        Status status = look.apply(time || somebodyNew);
        Essence essence = Essence.of(status);
        if (!current.isEmpty() && (time || somebodyNew || !essence.equals(told))) {
            tell(status, current, now, essence);
        }
    }

    private void tell(Status status, List<StatusListener> current, Instant now, Essence essence) {
        try {
            byte[] signed = signing.sign(status, "");
            current.forEach(listener -> safely(listener, signed.clone()));
            told = essence;
            toldTo = current;
            toldAt = now;
            Duration pause = settings.get().nextReport();
            due = now.plus(pause);
            complaint = "";
        } catch (StatusException e) {
            if (!complaint.equals(e.getMessage())) {
                complaint = String.valueOf(e.getMessage());
                log.warn("The status could not be reported, it is tried again: {}", complaint);
            }
        }
    }

    private void safely(StatusListener listener, byte[] signed) {
        try {
            listener.reported(signed);
        } catch (RuntimeException e) { // a listener is foreign code
            log.warn("A listener of statuses failed", e);
        }
    }
}
