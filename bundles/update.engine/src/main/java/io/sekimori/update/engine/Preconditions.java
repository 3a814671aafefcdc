package io.sekimori.update.engine;

import io.sekimori.generation.Generations;
import io.sekimori.launcher.StartReason;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.UpdateCode;
import java.io.IOException;
import java.nio.file.Files;

/** What must hold of the unit before a transition is planned or begun, whoever asks for it. Thread-safe. */
final class Preconditions {

    private final Surroundings around;
    private final Present present;
    private final Reports reports;
    private final Filing filing;

    Preconditions(Surroundings around, Present present, Reports reports, Filing filing) {
        this.around = around;
        this.present = present;
        this.reports = reports;
        this.filing = filing;
    }

    /** Refuses while updates are off or, once what ended is filed, something else is under way; answers what runs. */
    Present.Now admit() throws Stopped {
        if (!around.policy().get().enabled()) {
            throw new Stopped(UpdateCode.UPDATES_DISABLED, "enabled=false in " + Policy.PID);
        }
        filing.fileLate();
        return demandRest();
    }

    /** Refuses as long as something else is under way; answers what runs. */
    Present.Now demandRest() throws Stopped {
        if (Files.exists(around.unit().transitionFile())) {
            throw new Stopped(UpdateCode.TRANSITION_OPEN, "a transition is open or being cleaned up");
        }
        if (around.launcher().running().reason() == StartReason.TRIAL
                && present.confirmed().generation()
                        != present.now().generation().number()) {
            throw new Stopped(UpdateCode.NOT_CONFIRMED, "what runs is on trial");
        }
        return present.now();
    }

    /** Refuses without the services that a transition needs on its way. */
    void demandCapabilities() throws Stopped {
        if (around.capabilities().keys().isEmpty()) {
            throw new Stopped(UpdateCode.KEYS_UNAVAILABLE, "no keys service is there");
        }
        if (around.capabilities().configurations().isEmpty()) {
            throw new Stopped(UpdateCode.CONFIG_UNAVAILABLE, "no config service is there");
        }
    }

    /** The number of a next generation: never one that was used, not even by a failed try, since reports and logs speak of it. */
    int nextNumber(Present.Now now) throws Stopped {
        try {
            int highest = Math.max(now.generation().number(), now.confirmed().generation());
            for (int number : new Generations(around.unit()).numbers()) {
                highest = Math.max(highest, number);
            }
            for (TransitionReport report : reports.newest()) {
                highest = Math.max(highest, report.to());
            }
            return highest + 1;
        } catch (IOException e) {
            throw new Stopped(UpdateCode.STATE_UNREADABLE, "the generations cannot be listed", e);
        }
    }
}
