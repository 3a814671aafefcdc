package io.sekimori.update.engine;

import io.sekimori.update.Outcome;

/** How the work of this engine on a transition ends. */
sealed interface Ending {

    /** The transition itself has ended. */
    record Ended(Outcome outcome) implements Ending {}

    /** Another version of the engine has it now. */
    record HandedOver() implements Ending {}

    /** A new process will bring it to its end. */
    record Restarting() implements Ending {}

    /** The framework stops; the next start reports what became of it. */
    record Left() implements Ending {}
}
