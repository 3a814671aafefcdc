package io.sekimori.update.engine;

import io.sekimori.update.Phase;
import java.time.Instant;
import org.osgi.service.log.Logger;

/** The way of an update that is only asked about: nobody follows it, nothing is recorded. Stateless. */
record PlanCourse(Logger log) implements Preparation.Course {

    @Override
    public void enter(Phase phase) {
        log.debug("Planning: {}", phase);
    }

    @Override
    public void step(String what, long done, long total) {
        log.debug("Planning: {}", what);
    }

    @Override
    public void claimed(long version) {
        log.debug("Planning: assignment {}", version);
    }

    @Override
    public void stale(Instant since) {
        log.debug("Planning: stale since {}", since);
    }
}
