package io.sekimori.demo;

import io.sekimori.cli.Shell;
import java.io.IOException;
import java.util.List;

/** Tells the lines one after the other: what shall hold, whether it did, and the figure. Confined to one thread. */
final class Story {

    private final Shell shell;
    private final long began = System.nanoTime();
    private int told;
    private int broken;

    Story(Shell shell) {
        this.shell = shell;
    }

    /** Tries the lines; answers whether all of them held. */
    boolean tell(List<Line> lines) {
        boolean held = true;
        for (Line line : lines) {
            held &= tell(line);
        }
        return held;
    }

    boolean held() {
        return broken == 0;
    }

    void end() {
        shell.say(String.format(
                "%d of %d lines held, %d s",
                told - broken, told, Stage.since(began).toSeconds()));
    }

    private boolean tell(Line line) {
        told++;
        shell.progress("... " + line.title());
        try {
            String figure = line.trial().run();
            shell.progress("");
            shell.say(mark(true) + " " + line.title() + ": " + figure);
            return true;
        } catch (Broken | IOException | RuntimeException e) {
            // A defect in one line must not hide what the others show.
            broken++;
            shell.progress("");
            shell.say(mark(false) + " " + line.title() + ": " + (e instanceof Broken ? e.getMessage() : e));
            return false;
        }
    }

    private String mark(boolean held) {
        if (shell.unicode()) {
            return held ? "✓" : "✗";
        }
        return held ? "ok    " : "FAILED";
    }
}
