package io.sekimori.benchmarks.service;

import io.sekimori.benchmarks.answering.Answering;
import java.util.concurrent.locks.LockSupport;
import org.osgi.service.component.annotations.Component;

/** Waits as long as it is asked to. Stateless, so a call that comes after its deactivation is served, too. */
@Component(property = Answering.LANE + ":Integer=0")
public final class Patient implements Answering {

    @Override
    public void answer(long nanos) {
        long begin = System.nanoTime();
        long left = nanos;
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, left);
            left = nanos - (System.nanoTime() - begin);
        }
    }
}
