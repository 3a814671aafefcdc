package io.sekimori.update.engine;

import io.sekimori.generation.Confirmed;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.osgi.service.log.Logger;

/**
 * What is done when no transition is open: files that nobody needs go, and so does a fallback that has had its time. Nothing
 * depends on it being done now. Confined to whoever has the transition.
 */
final class Upkeep {

    private final Surroundings around;
    private final Present present;
    private final AuditDesk audit;
    private final Tidy tidy;
    private final Logger log;

    Upkeep(Surroundings around, RunningBundles bundles, Present present, AuditDesk audit, Logger log) {
        this.around = around;
        this.present = present;
        this.audit = audit;
        this.tidy = new Tidy(around, bundles, present);
        this.log = log;
    }

    /** Removes from the disk what nobody needs. */
    void collect() {
        tidy.collect().ifPresent(problem -> log.warn("{}", problem));
    }

    /** Before anybody previews in this process. */
    void forgetPreviews() {
        tidy.forgetPreviews().ifPresent(problem -> log.warn("{}", problem));
    }

    /** An assignment that was given up leaves its downloads, and perhaps no transition ever follows. */
    void forgetIncoming() {
        tidy.forgetIncoming().ifPresent(problem -> log.warn("{}", problem));
    }

    /**
     * Gives the fallback up if the confirmed generation has run long enough.
     *
     * @param ran since this was asked last
     */
    void giveUpFallback(Duration ran) {
        try {
            Present.Now now = present.now();
            Confirmed confirmed = now.confirmed();
            if (now.generation().number() == confirmed.generation()) {
                Optional<Integer> given = new Settled(around.unit())
                        .count(confirmed, ran, around.policy().get().settled());
                if (given.isPresent()) {
                    audit.fallbackGone(confirmed.generation(), given.get(), "settled");
                    collect();
                }
            }
        } catch (Stopped | IOException e) {
            log.warn("Whether the fallback is still needed cannot be told: {}", e.getMessage());
        }
    }
}
