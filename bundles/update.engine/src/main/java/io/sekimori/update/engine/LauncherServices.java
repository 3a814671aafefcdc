package io.sekimori.update.engine;

import io.sekimori.launcher.Admission;
import io.sekimori.launcher.Deadline;
import io.sekimori.launcher.Rehearsal;
import io.sekimori.launcher.Restart;
import io.sekimori.launcher.RunningGeneration;

/** What the launcher offers; there for the whole life of the framework. */
record LauncherServices(
        Admission admission, Rehearsal rehearsal, Deadline deadline, Restart restart, RunningGeneration running) {}
