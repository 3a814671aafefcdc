package io.sekimori.launcher.main;

import io.sekimori.trust.Refusal;
import java.io.PrintStream;
import java.util.Locale;

/** Plain lines for whoever watches the process: the launcher runs before, and outlives, every log service. Thread-safe. */
record Lines(PrintStream out) {

    private static final int MAX_CHARS = 1_000;

    void say(String text) {
        String safe = text.replaceAll("\\p{Cntrl}", " ");
        out.println("sekimori: " + (safe.length() > MAX_CHARS ? safe.substring(0, MAX_CHARS) : safe));
    }

    void refused(Refusal refusal) {
        say(refusal.code().name() + ": " + refusal.detail());
        say(refusal.code().advice(Locale.getDefault()));
    }
}
