package io.sekimori.simulator;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicInteger;

/** Says what went wrong on standard error, the first hundred times: one fault is that of many gateways. Thread-safe. */
record Log(PrintStream out, AtomicInteger said) {

    private static final int MOST = 100;

    static Log toStandardError() {
        return new Log(System.err, new AtomicInteger());
    }

    void say(String text) {
        if (said.incrementAndGet() <= MOST) {
            out.println("simulator: " + text.replaceAll("\\p{Cntrl}", " "));
        }
    }
}
