package io.sekimori.itests.framework;

import io.sekimori.update.Phase;
import io.sekimori.update.Progress;
import io.sekimori.update.ProgressListener;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.UpdateService;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Follows one transition to its end, also over a change of the engine that carries it out. Thread-safe. */
class Follower implements ProgressListener {

    private static final long PATIENCE_SECONDS = 60;

    private final BundleContext context;
    private final Consumer<Progress> watching;
    private final Set<Phase> phases = new ConcurrentSkipListSet<>();
    private final CompletableFuture<TransitionReport> report = new CompletableFuture<>();

    /** @param watching told of each step, on the engine's thread */
    Follower(BundleContext context, Consumer<Progress> watching) {
        this.context = context;
        this.watching = watching;
    }

    /** The phases seen up to now. */
    Set<Phase> phases() {
        return phases;
    }

    /** How it ended. */
    TransitionReport await() throws InterruptedException {
        try {
            return report.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("no end within " + PATIENCE_SECONDS + " s; phases " + phases, e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    @Override
    public void progress(Progress progress) {
        phases.add(progress.phase());
        watching.accept(progress);
    }

    @Override
    public void ended(TransitionReport ended) {
        report.complete(ended);
    }

    @Override
    public void handedOver(String id) {
        for (ServiceReference<UpdateService> reference : references()) {
            UpdateService service = context.getService(reference);
            if (service != null && service.follow(id, this)) {
                return;
            }
        }
        report.completeExceptionally(new AssertionError("handed over, and no engine knows " + id));
    }

    private Iterable<ServiceReference<UpdateService>> references() {
        try {
            return context.getServiceReferences(UpdateService.class, null);
        } catch (org.osgi.framework.InvalidSyntaxException e) {
            throw new IllegalStateException("no filter is a valid filter", e);
        }
    }
}
