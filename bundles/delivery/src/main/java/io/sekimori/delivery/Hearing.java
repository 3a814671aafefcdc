package io.sekimori.delivery;

import io.sekimori.trust.Approvals;
import io.sekimori.trust.Sha256;
import io.sekimori.update.TakenBack;
import io.sekimori.update.UpdateException;
import java.io.IOException;
import java.util.Optional;
import org.osgi.service.log.Logger;

/**
 * Has the gateway remember what people took back soon after its console has it, also while nothing waits. The console says with
 * the assignment what its file hashes to, so that asking costs nothing as long as that is what was heard; what counts is signed.
 * Consoles side by side may know different things: what was heard is the file that came, whatever was announced. It is
 * remembered for this process alone: once too often after a restart costs less than a file. Confined to the courier's thread.
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
            if (file.isPresent() && memory.get().hear(file.get())) {
                heard = Sha256.hex(file.get());
            }
        } catch (IOException | UpdateException e) {
            log.info("What people took back could not be heard: {}", e.getMessage());
        }
    }
}
