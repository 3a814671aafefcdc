package io.sekimori.broker;

import io.sekimori.trust.Refusal;
import java.io.PrintStream;
import java.util.Locale;

/** Plain lines for whoever watches the process. Thread-safe. */
record Lines(PrintStream out) {

    void say(String text) {
        out.println("sekimori-broker: " + text.replaceAll("\\p{Cntrl}", " "));
    }

    void refused(Refusal refusal) {
        say(refusal.toString());
    }

    void advise(Refusal refusal) {
        refused(refusal);
        say(refusal.code().advice(Locale.getDefault()));
    }
}
