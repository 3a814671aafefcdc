package io.sekimori.broker;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Calls methods of Artemis, which declare that they may throw anything. */
final class Artemis {

    private Artemis() {}

    /** One or more calls. */
    interface Calls {
        /** Makes them. */
        void make() throws Exception;
    }

    /** Makes the calls in this thread; whatever one throws is the cause of what comes out. */
    static void call(Calls calls) throws ExecutionException, InterruptedException {
        Callable<Boolean> task = () -> {
            calls.make();
            return true;
        };
        FutureTask<Boolean> future = new FutureTask<>(task);
        future.run();
        future.get();
    }
}
