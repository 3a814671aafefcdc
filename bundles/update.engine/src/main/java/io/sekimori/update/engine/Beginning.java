package io.sekimori.update.engine;

import io.sekimori.trust.TrustCode;
import io.sekimori.update.DeferAnswer;
import io.sekimori.update.Origin;
import io.sekimori.update.Reason;
import io.sekimori.update.TimeReading;
import io.sekimori.update.TrustedTime;
import io.sekimori.update.UpdateCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether what somebody asks for may begin by itself now, else why not and when; a person puts that off. Thread-safe. */
final class Beginning {

    private final Surroundings around;
    private final Consent consent;
    private final Deferral deferral;
    private final AuditDesk audit;

    Beginning(Surroundings around, Consent consent, AuditDesk audit) {
        this.around = around;
        this.consent = consent;
        this.deferral = around.deferral();
        this.audit = audit;
    }

    Optional<Reason> hindrance(Origin origin) {
        return around.policy().get().enabled()
                ? hindranceNow(origin)
                : Optional.of(Reason.of(UpdateCode.UPDATES_DISABLED, "enabled=false in " + Policy.PID));
    }

    Optional<Instant> begins(Origin origin) {
        Optional<Reason> hindrance = hindrance(origin);
        return around.moments().stream()
                .filter(moment -> consent.hindrance(origin, moment).isPresent())
                .flatMap(moment -> hindrance.flatMap(reason -> consent.ends(reason, moment)).stream())
                .findFirst();
    }

    private Optional<Reason> hindranceNow(Origin origin) {
        Optional<TimeReading> wrong =
                around.capabilities().time().map(TrustedTime::now).filter(reading -> !reading.trusted());
        return consent.stranger(origin)
                .or(() -> wrong.map(reading -> new Reason(
                        TrustCode.TIME_UNTRUSTED.name(),
                        "it is " + reading.clock() + " here, and not before " + reading.notBefore())))
                .or(() -> around.moments().stream()
                        .flatMap(moment -> consent.hindrance(origin, moment).stream())
                        .findFirst());
    }

    /** Recorded before it is done, as all that a person asks for. */
    DeferAnswer defer(Duration howLong, Origin origin) {
        if (howLong.isNegative()) {
            throw new IllegalArgumentException("nothing is put off into the past");
        }
        try {
            audit.defer(origin, howLong);
        } catch (Stopped e) {
            return new DeferAnswer.Refused(e.reason());
        }
        return deferral.put(
                howLong,
                around.policy().get().consent().mostDeferred(),
                around.clock().instant());
    }
}
