package io.sekimori.benchmarks.load;

import io.sekimori.status.StatusException;
import io.sekimori.status.StatusService;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Signed statuses, as they are reported. */
final class Statuses {

    private Statuses() {}

    /** Has so many made; answers the nanoseconds of processor time that the process spent for one, and those that passed. */
    static String sign(@Nullable StatusService service, int count) throws IOException {
        if (service == null) {
            throw new IOException("no status service");
        }
        Duration before = processorTime();
        long begin = System.nanoTime();
        try {
            for (int i = 0; i < count; i++) {
                service.signed("");
            }
        } catch (StatusException e) {
            throw new IOException("no signed status", e);
        }
        long passed = System.nanoTime() - begin;
        return processorTime().minus(before).toNanos() / count + " " + passed / count;
    }

    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }
}
