package io.sekimori.benchmarks.answering;

/** Answers after a while. Thread-safe. */
public interface Answering {

    /** The service property that tells services of this kind apart: an integer from 0 on. */
    String LANE = "lane";

    /** Returns after {@code nanos}, or when the thread is interrupted. */
    void answer(long nanos);
}
