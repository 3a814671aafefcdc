package io.sekimori.update.engine;

import io.sekimori.generation.Confirmed;
import io.sekimori.update.UpdateCode;
import java.io.IOException;

/**
 * The one write that makes the next generation the unit's, or leaves the one before. A write that fails may have happened
 * all the same, as far as the sync of the folder; then it is taken back. Confined to one thread.
 */
final class Decision {

    /** Makes the pointer last on the disk. */
    @FunctionalInterface
    interface Writing {
        void write(Confirmed confirmed) throws IOException;
    }

    /** What the pointer says, whether or not it is on the disk yet. */
    @FunctionalInterface
    interface Reading {
        Confirmed read() throws Stopped;
    }

    private final Writing writing;
    private final Reading reading;

    Decision(Writing writing, Reading reading) {
        this.writing = writing;
        this.reading = reading;
    }

    /**
     * Returns when {@code after} is confirmed for good.
     *
     * @throws Stopped if {@code before} is, for good
     * @throws InDoubt if the disk takes neither
     */
    void make(Confirmed before, Confirmed after) throws Stopped, InDoubt {
        try {
            writing.write(after);
        } catch (IOException e) {
            takeBack(before, e);
            throw new Stopped(UpdateCode.COMMIT_FAILED, "the pointer cannot be written", e);
        }
    }

    private void takeBack(Confirmed before, IOException why) throws InDoubt {
        try {
            if (!reading.read().equals(before)) {
                writing.write(before);
            }
        } catch (IOException | Stopped e) {
            e.addSuppressed(why);
            throw new InDoubt(e);
        }
    }
}
