package io.sekimori.update;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears how a transition goes. Called from one thread at a time; what it throws is logged and otherwise ignored. */
@ConsumerType
public interface ProgressListener {

    /** A step begins or moves on. */
    void progress(Progress progress);

    /** The transition has ended; nothing follows. */
    void ended(TransitionReport report);

    /**
     * Another version of the engine, or another process, takes the transition over. Nothing follows from this provider;
     * {@link UpdateService#follow} with the same id hears the rest.
     */
    void handedOver(String id);
}
