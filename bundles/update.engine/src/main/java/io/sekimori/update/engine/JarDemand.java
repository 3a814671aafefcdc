package io.sekimori.update.engine;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import io.sekimori.generation.JarPublishers;
import io.sekimori.generation.Unit;
import io.sekimori.trust.Acceptance;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Release;
import io.sekimori.trust.TrustException;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Where this unit demands that listed publishers sign jars: asks for it of those that it does not have already. */
record JarDemand(Unit unit, Slots slots) {

    /** Refuses what is not signed, at the time when the update began. */
    void demand(Generation from, Acceptance.Accepted accepted, Instant begun, Cancellation cancellation)
            throws Stopped {
        try {
            Optional<JarPublishers> publishers = JarPublishers.of(unit, begun);
            if (publishers.isPresent()) {
                demand(publishers.get(), from, accepted, cancellation);
            }
        } catch (TrustException e) {
            throw new Stopped(new Reason(e.refusal().code().name(), e.refusal().detail()), e);
        } catch (IOException e) {
            throw new Stopped(UpdateCode.STATE_UNREADABLE, "the slots cannot be read", e);
        }
    }

    private void demand(
            JarPublishers publishers, Generation from, Acceptance.Accepted accepted, Cancellation cancellation)
            throws IOException, Stopped {
        Set<String> running =
                from.bundles().stream().map(GenerationBundle::sha256).collect(Collectors.toSet());
        Set<String> there = slots.jars(false);
        for (Release release : accepted.releases()) {
            // What a slot has is root's, who asked for signatures when it came.
            Set<String> known = release.kind() == Kind.BUNDLE ? running : there;
            if (!known.contains(release.sha256())) {
                publishers.demand(unit.store().path(release.sha256()), release.path(), cancellation::check);
            }
        }
    }
}
