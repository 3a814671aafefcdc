package io.sekimori.local;

import io.sekimori.update.OpenTransition;
import io.sekimori.update.Progress;
import io.sekimori.update.ProgressListener;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.UpdateService;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last step heard of the transition that is open, whoever began it. After a swap of this bundle or of the engine it
 * listens anew. Thread-safe.
 */
final class Course implements ProgressListener {

    private volatile @Nullable Progress heard;
    private @Nullable UpdateService engine;
    private @Nullable String followed;

    /** The step of {@code open}; empty until one was heard. */
    Optional<Progress> of(OpenTransition open, UpdateService now) {
        follow(open.id(), now);
        return Optional.ofNullable(heard).filter(step -> step.id().equals(open.id()));
    }

    private void follow(String id, UpdateService now) {
        synchronized (this) {
            if (id.equals(followed) && now == engine) {
                return;
            }
            followed = id;
            engine = now;
        }
        now.follow(id, this); // false if it has ended just now, which the reports show
    }

    @Override
    public void progress(Progress progress) {
        heard = progress;
    }

    @Override
    public void ended(TransitionReport report) {
        heard = null;
    }

    @Override
    public synchronized void handedOver(String id) {
        followed = null;
    }
}
