package io.sekimori.benchmarks.load;

import io.sekimori.benchmarks.answering.Answering;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** A consumer of one {@link Answering}, as bundles should be: dynamic, greedy, and read once in a call. */
@Component(factory = Lane.FACTORY, service = Lane.class)
public final class Lane {

    static final String FACTORY = "io.sekimori.benchmarks.lane";

    /** The component property that says which one. */
    static final String TARGET = "answering.target";

    @Reference(
            name = "answering",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Answering answering;

    /** Whether the call was served. */
    boolean call(long nanos) {
        Answering current = answering;
        if (current == null) {
            return false;
        }
        try {
            current.answer(nanos);
            return true;
        } catch (RuntimeException e) {
            // Whatever a service on its way out does to its caller, the call is lost.
            return false;
        }
    }
}
