package io.sekimori.benchmarks;

import java.io.IOException;
import java.util.List;

/** Something to be measured beside its peer or limit, both in turns. */
public interface Benchmark {

    /** What it is called on the command line. */
    String name();

    /** What it measures, for people. */
    String about();

    /**
     * Measures.
     *
     * @throws IOException if something that was to be measured did not work at all
     */
    List<Figure> measure(Setting setting) throws IOException, InterruptedException;
}
