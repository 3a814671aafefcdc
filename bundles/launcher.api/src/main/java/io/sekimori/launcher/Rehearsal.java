package io.sekimori.launcher;

import java.util.Collection;
import java.util.OptionalInt;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Bundle;

/**
 * Resolves generations in a second framework that starts nothing, loads no class of a bundle, and shares nothing with
 * the running one but the launcher's code and the store.
 *
 * <p>Thread-safe; one rehearsal runs at a time. It takes about as long as resolving the bundles twice, and leaves no
 * file behind.
 */
@ProviderType
public interface Rehearsal {

    /**
     * Resolves {@code to} twice: <em>cold</em>, alone from empty, as the next start will; and <em>hot</em>, beside the
     * resolved {@code from}, with what goes away hidden, as an update in the running framework will.
     *
     * @param from the generation that runs; empty to rehearse {@code to} cold only, hot is then equal to cold
     * @param to a generation that was admitted, or whose files are in the store and verified
     */
    Rehearsed rehearse(OptionalInt from, int to);

    /**
     * The wiring of the running framework in the same form, for comparison with a cold one: of the admitted
     * bundles that are resolved and not withdrawn.
     */
    Wiring wiring();

    /** As {@link #wiring()}, of these bundles alone. */
    Wiring wiring(Collection<Bundle> bundles);
}
