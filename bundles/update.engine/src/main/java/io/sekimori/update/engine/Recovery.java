package io.sekimori.update.engine;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.LastWords;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.StartLog;
import io.sekimori.generation.StartReport;
import io.sekimori.generation.Unit;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.launcher.StartReason;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.MalformedJson;
import io.sekimori.update.Origin;
import io.sekimori.update.Outcome;
import io.sekimori.update.Phase;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads what an earlier process left behind and says truthfully what became of it. Never resumes: a generation either is
 * on trial in this very process, by the launcher's choice, or its transition is over. Thread-safe.
 */
final class Recovery {

    private static final int MAX_BYTES = 1 << 20;

    /** What an engine finds when it begins. */
    sealed interface Found {

        /** Nothing is open. */
        record Nothing() implements Found {}

        /** Another version of the engine in this process is at work, and will hand over. */
        record Elsewhere() implements Found {}

        /** This process was started with a generation on trial. */
        record OnTrial(Journal journal) implements Found {}

        /** The transition ended with its process. */
        record Over(Journal journal, Outcome outcome) implements Found {}

        /** There is a journal and nobody understands it. */
        record Damaged(String detail) implements Found {}

        /** The disk does not say, or not for certain; as long as there is a journal nothing new is begun. */
        record Unreadable(String detail) implements Found {}
    }

    private final Surroundings around;
    private final Unit unit;
    private final Present present;

    Recovery(Surroundings around, Present present) {
        this.around = around;
        this.unit = around.unit();
        this.present = present;
    }

    Found look() {
        try {
            Optional<Journal> journal = journal();
            if (journal.filter(open -> open.process().equals(around.process())).isPresent()) {
                return new Found.Elsewhere();
            }
            Confirmed confirmed = present.confirmed();
            RunningGeneration running = around.launcher().running();
            boolean onTrial = running.reason() == StartReason.TRIAL && confirmed.generation() != running.number();
            if (onTrial) {
                return new Found.OnTrial(journal.filter(open -> open.to() == running.number())
                        .orElseGet(() -> unknown(confirmed.generation(), running.number()))
                        .by(around.process()));
            }
            if (journal.isEmpty()) {
                return new Found.Nothing();
            }
            if (journal.get().phase() == Phase.COMMIT) {
                // It ended while the pointer was written: what is read of it may not be on the disk yet.
                new Pointer(unit).commit(confirmed);
            }
            return new Found.Over(journal.get(), outcome(journal.get(), confirmed, running));
        } catch (MalformedJson e) {
            return new Found.Damaged(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Found.Unreadable(e.toString());
        } catch (Stopped e) {
            return new Found.Unreadable(e.reason().detail());
        }
    }

    Optional<Journal> journal() throws IOException, MalformedJson {
        Optional<byte[]> bytes = DurableFile.read(unit.transitionFile(), MAX_BYTES);
        return bytes.isEmpty() ? Optional.empty() : Optional.of(JournalJson.parse(bytes.get()));
    }

    /** Forgets the journal: nothing is open any more. */
    void close() throws IOException {
        DurableFile.delete(unit.transitionFile());
    }

    private Outcome outcome(Journal journal, Confirmed confirmed, RunningGeneration running) {
        if (confirmed.generation() == journal.to()) {
            return running.number() == journal.to()
                    ? new Outcome.Confirmed(running.number())
                    : new Outcome.Interrupted(running.number(), fellBack(running));
        }
        if (journal.reason().isPresent()) {
            return GoingBack.reverted(running.number(), journal.reason().get());
        }
        if (journal.phase() == Phase.VERIFY || journal.phase() == Phase.STAGE || journal.phase() == Phase.REHEARSE) {
            return new Outcome.Interrupted(running.number(), ended());
        }
        // A trial that began to examine itself had left the phase of the restart.
        boolean passedOver = running.reason() == StartReason.FELL_BACK && running.number() == confirmed.generation();
        if (journal.phase() == Phase.RESTART || passedOver) {
            return new Outcome.Reverted(running.number(), fellBack(running));
        }
        return new Outcome.Interrupted(running.number(), ended());
    }

    private static Reason fellBack(RunningGeneration running) {
        return Reason.of(UpdateCode.FELL_BACK, running.fallBackCode().orElse("its tries are used up"));
    }

    // The launcher keeps what the process before this one had to say; nothing said means it was killed.
    private Reason ended() {
        try {
            Optional<LastWords> words =
                    new StartLog(unit).read().stream().findFirst().flatMap(StartReport::lastWords);
            if (words.isPresent() && words.get().kind() == LastWords.Kind.DEADLINE) {
                return Reason.of(UpdateCode.DEADLINE, words.get().why());
            }
        } catch (IOException | MalformedJson e) {
            return Reason.of(UpdateCode.PROCESS_ENDED, "why it ended cannot be read: " + e.getMessage());
        }
        return Reason.of(UpdateCode.PROCESS_ENDED, "the process was killed or lost power");
    }

    private Journal unknown(int from, int to) {
        Origin origin = new Origin("unknown", "restart");
        return Journal.begin("trial-" + to, from, to, origin, around.clock().instant(), around.process());
    }
}
