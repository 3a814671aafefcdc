package io.sekimori.update.engine;

import io.sekimori.trust.Release;
import java.util.List;

/** Tells of the bytes of several files as one number, often enough for people and seldom enough for a log. */
final class ByteSteps implements Download.Arrival {

    private static final long OFTEN_NANOS = 1_000_000_000L;
    private static final long SELDOM_NANOS = 10_000_000_000L;

    private final Staging.Steps steps;
    private final long total;
    private long finished;
    private long length;
    private String path = "";
    private long told;
    private long toldAt;

    ByteSteps(List<Release> files, Staging.Steps steps) {
        this.steps = steps;
        this.total = files.stream().mapToLong(Release::length).sum();
    }

    /** The next file begins. */
    void begin(Release release) throws Stopped {
        finished += length;
        length = release.length();
        path = release.path();
        tell(finished);
    }

    @Override
    public void bytes(long here) throws Stopped {
        long now = System.nanoTime();
        long done = finished + here;
        boolean much = done - told >= total / 100;
        if (now - toldAt >= SELDOM_NANOS || much && now - toldAt >= OFTEN_NANOS) {
            tell(done);
        }
    }

    private void tell(long done) throws Stopped {
        told = done;
        toldAt = System.nanoTime();
        steps.step("store " + path, done, total);
    }
}
