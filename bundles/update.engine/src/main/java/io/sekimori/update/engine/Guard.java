package io.sekimori.update.engine;

import io.sekimori.launcher.Deadline;
import java.time.Duration;

/**
 * Keeps the launcher's deadline armed while foreign code is called, with the name of the step, so that a step that hangs
 * ends the process and the next start can say which one it was. Confined to the thread of the transition.
 */
final class Guard {

    private final Deadline deadline;
    private final Duration limit;

    Guard(Deadline deadline, Duration limit) {
        this.deadline = deadline;
        this.limit = limit;
    }

    /** The next step begins; it has the whole limit. */
    void step(String what) {
        step(what, limit);
    }

    /** The next step begins, with a limit of its own. */
    void step(String what, Duration ownLimit) {
        disarm();
        deadline.arm(ownLimit, what);
    }

    /** Nothing foreign is called from now on. Also ends the deadline that another version of the engine has armed. */
    void disarm() {
        deadline.armed().ifPresent(Deadline.Armed::close);
    }

    Duration limit() {
        return limit;
    }
}
