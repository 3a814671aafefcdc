package io.sekimori.update.engine;

import io.sekimori.launcher.Rehearsal;
import io.sekimori.launcher.Rehearsed;
import io.sekimori.update.UpdateCode;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A rehearsal on a thread of its own: the resolver cannot be stopped, and what it is given to resolve may take it for
 * ever. One that is not waited for any more goes on until it is through; until then every other one is refused after the
 * same time. Confined to one thread.
 *
 * @param limit how long a verdict is waited for
 */
record Rehearsing(Rehearsal rehearsal, Duration limit) {

    private static final String NO_VERDICT = "REHEARSAL_FAILED"; // as the launcher names one that failed
    private static final long LOOK_AGAIN_MILLIS = 20;

    /** The verdict, or {@link Rehearsed.Failed} if there is none in time; throws when the transition was cancelled. */
    Rehearsed rehearse(OptionalInt from, int to, Cancellation cancellation) throws Stopped {
        CompletableFuture<Rehearsed> verdict = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> verdict.completeAsync(() -> rehearsal.rehearse(from, to), Runnable::run),
                "sekimori-update-rehearsal");
        thread.setDaemon(true);
        thread.start();
        long start = System.nanoTime();
        while (System.nanoTime() - start < limit.toNanos()) {
            cancellation.check();
            try {
                return verdict.get(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                continue;
            } catch (ExecutionException e) {
                throw new Stopped(UpdateCode.ENGINE_FAILED, "the rehearsal", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Stopped(UpdateCode.ENGINE_STOPPED, "the engine's thread was interrupted", e);
            }
        }
        return new Rehearsed.Failed(NO_VERDICT, "no verdict within " + limit.toSeconds() + " s");
    }
}
