package io.sekimori.benchmarks.start;

import io.sekimori.benchmarks.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What was seen of the starts of one kind of process. Confined to one thread. */
final class Looks {

    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final List<Double> ready = new ArrayList<>();
    private final List<Double> memory = new ArrayList<>();

    /** Looks at a process that has just become ready. */
    void at(Started started) throws IOException, InterruptedException {
        ready.add(started.readyMillis());
        started.rest(SETTLED);
        memory.add(started.residentMebibytes());
    }

    Samples readyMillis() {
        return new Samples(ready);
    }

    Samples residentMebibytes() {
        return new Samples(memory);
    }
}
