package io.sekimori.delivery;

import io.sekimori.trust.Approvals;
import io.sekimori.update.TakenBack;
import io.sekimori.update.UpdateException;
import java.io.IOException;
import java.util.Optional;
import org.osgi.service.log.Logger;

/**
 * Has the gateway remember what people took back soon after its console has it, also while nothing waits. The console says with
 * the assignment that there is something new, so that asking costs nothing as long as there is not; what counts is signed. What
 * was heard is remembered for this process alone: once too often after a restart costs less than a file. Confined to the courier's thread.
 */
final class Hearing {

    /** The console's file with nothing but withdrawals. */
    static final String FILE = "withdrawals.json";

    private final Surroundings around;
    private final Logger log;
    private String heard = "";

    Hearing(Surroundings around, Logger log) {
        this.around = around;
        this.log = log;
    }

    /** Fetches what is new since the last time. What goes wrong is tried again with the next question, and holds up no update. */
    void look(ConsoleFiles console) {
        String now = console.withdrawals();
        Optional<TakenBack> memory = around.takenBack();
        if (now.isEmpty() || now.equals(heard) || memory.isEmpty()) {
            return;
        }
        try {
            Optional<byte[]> file = console.directorMetadata(FILE, Approvals.MAX_BYTES);
            if (file.isEmpty() || memory.get().hear(file.get())) {
                heard = now;
            }
        } catch (IOException | UpdateException e) {
            log.info("What people took back could not be heard: {}", e.getMessage());
        }
    }
}
