package io.sekimori.update.engine;

import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;

/**
 * Which generation is confirmed cannot be told while this process runs: the disk took neither the next pointer for certain
 * nor the one before. Nothing may be claimed, and nothing taken back; the next start finds what is on the disk.
 */
final class InDoubt extends Exception {

    private static final long serialVersionUID = 1L;

    InDoubt(Throwable cause) {
        super("the pointer can be written neither forward nor back: " + cause.getMessage(), cause);
    }

    /** What a report says, should the generation before turn out to be the confirmed one. */
    Reason reason() {
        return Reason.of(UpdateCode.COMMIT_FAILED, getMessage());
    }
}
