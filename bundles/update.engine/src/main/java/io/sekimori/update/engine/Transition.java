package io.sekimori.update.engine;

import io.sekimori.generation.Generation;
import io.sekimori.generation.Unit;
import io.sekimori.launcher.Wiring;
import io.sekimori.trust.DurableFile;
import io.sekimori.update.OpenTransition;
import io.sekimori.update.Phase;
import io.sekimori.update.Progress;
import io.sekimori.update.UpdateCode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The open transition: what is to be done, how far it is, and the means to say so. The thread that carries it out
 * changes it; the facts for other threads are volatile.
 */
final class Transition {

    private final Unit unit;
    private final News news;
    private final TransitionLog log;
    private final Guard guard;
    private final Cancellation cancellation = new Cancellation();
    private final Generation from;
    private final OptionalLong writtenBefore = Written.bytes();
    private volatile Journal journal;
    private Optional<Generation> to = Optional.empty();
    private Changes changes = new Changes(List.of());
    private Optional<Wiring> cold = Optional.empty();

    private Transition(Unit unit, Journal journal, Generation from, News news, TransitionLog log, Guard guard) {
        this.unit = unit;
        this.journal = journal;
        this.from = from;
        this.news = news;
        this.log = log;
        this.guard = guard;
    }

    /** One that this engine carries out. */
    static Transition open(Surroundings around, Journal journal, Generation from, News news) {
        Unit unit = around.unit();
        return new Transition(
                unit,
                journal,
                from,
                news,
                new TransitionLog(unit.transitions().resolve(journal.id() + ".log"), around.clock()),
                new Guard(around.launcher().deadline(), around.policy().get().deadline()));
    }

    /** Enters a phase: the journal says so before anything of it is done. */
    void enter(Phase phase) throws Stopped {
        cancellation.check();
        record(journal.in(phase));
        step("phase " + phase, 0, 0);
    }

    /** Writes the journal. */
    void record(Journal next) throws Stopped {
        try {
            DurableFile.write(unit.transitionFile(), JournalJson.bytes(next));
        } catch (IOException e) {
            throw new Stopped(UpdateCode.JOURNAL_UNWRITABLE, "the journal cannot be written", e);
        }
        journal = next;
    }

    /** Notes something for the report and the next journal entry, without waiting for the disk. */
    void note(Journal next) {
        journal = next;
    }

    /** Says what is being done, and gives it the whole deadline if one is armed. */
    void step(String what, long done, long total) {
        log.line(journal.phase() + " " + what);
        news.progress(new Progress(journal.id(), journal.phase(), what, done, total));
    }

    /** The same for a step that calls into foreign code. */
    void guarded(String what, long done, long total) {
        guard.step(what);
        step(what, done, total);
    }

    void planned(Generation next, Changes all, Optional<Wiring> coldWiring) {
        to = Optional.of(next);
        changes = all;
        cold = coldWiring;
    }

    OpenTransition facts() {
        Journal now = journal;
        return new OpenTransition(now.id(), now.from(), now.to(), now.phase(), now.started(), now.origin());
    }

    /** How many bytes this process has sent to disks since it took the transition on; empty where nobody counts. */
    OptionalLong written() {
        OptionalLong now = Written.bytes();
        return now.isPresent() && writtenBefore.isPresent()
                ? OptionalLong.of(now.getAsLong() - writtenBefore.getAsLong())
                : OptionalLong.empty();
    }

    String id() {
        return journal.id();
    }

    Journal journal() {
        return journal;
    }

    Generation from() {
        return from;
    }

    Generation to() {
        return to.orElseThrow();
    }

    Changes changes() {
        return changes;
    }

    Optional<Wiring> cold() {
        return cold;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    TransitionLog log() {
        return log;
    }

    Guard guard() {
        return guard;
    }

    News news() {
        return news;
    }
}
