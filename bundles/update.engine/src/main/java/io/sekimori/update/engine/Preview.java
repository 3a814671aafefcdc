package io.sekimori.update.engine;

import io.sekimori.generation.Generation;
import io.sekimori.trust.Acceptance;
import io.sekimori.trust.Carrier;
import io.sekimori.update.Plan;
import java.time.Instant;
import java.util.Optional;

/**
 * What an update would change, from what is signed alone: on a copy of the trusted metadata, without a file of a release.
 * Nothing is staged, so that nothing has to be collected. Stateless.
 */
final class Preview {

    private final Surroundings around;
    private final Acceptor acceptor;
    private final Staging staging;

    Preview(Surroundings around) {
        this.around = around;
        this.acceptor = new Acceptor(around);
        this.staging = new Staging(around.unit(), new Slots(around.unit(), Slots.HELPER_LIMIT));
    }

    Plan of(Offer offer, Present.Now now, int number, PlanDetails details) throws Stopped {
        Instant begun = around.clock().instant();
        try (Supply supply = offer.opening().open()) {
            Carrier carrier = Bringing.carrier(
                    supply,
                    offer.seen(),
                    Optional.empty(),
                    around.policy().get().packLife());
            Acceptance.Accepted accepted =
                    acceptor.tryOut(supply.source(), carrier, now.confirmed(), begun, Tidy.PREVIEW);
            TakingBack.demandNone(accepted.assignment(), now.generation());
            Generation to = staging.generation(number, accepted, begun);
            Preparation.demandChange(now.generation(), to, around.engine());
            Changes changes = new Planner(around.engine()).plan(now.generation(), to, Rewiring.NONE);
            return details.plan(
                    now.generation(),
                    to,
                    changes,
                    Floors.after(now.confirmed(), accepted.releases()),
                    staging.disk(staging.missing(to, accepted)),
                    Bringing.promised(accepted, carrier));
        }
    }
}
