package io.sekimori.update.engine;

import io.sekimori.generation.Anchors;
import io.sekimori.generation.Unit;
import io.sekimori.trust.Evidence;
import io.sekimori.trust.Release;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.Vouching;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The releases of a generation, jars of its launcher and Java runtime included, as its frozen evidence vouches for them. */
final class VouchedReleases {

    private VouchedReleases() {}

    /** As {@link #of}; empty where that says nothing: what is damaged must stay replaceable. */
    static Optional<List<Release>> ifAny(Unit unit, int generation) {
        try {
            return Optional.of(of(unit, generation));
        } catch (Stopped e) {
            return Optional.empty();
        }
    }

    /** What its publishers want never to start again, as far as its evidence says it, also of what it does not have. */
    static Map<String, Long> hardFloors(Unit unit, int generation) throws Stopped {
        try {
            return Anchors.of(unit).hardFloors(Evidence.read(unit.evidence(generation)));
        } catch (TrustException e) {
            throw new Stopped(new Reason(e.refusal().code().name(), e.refusal().detail()), e);
        } catch (IOException e) {
            throw new Stopped(UpdateCode.STATE_UNREADABLE, "the evidence cannot be read", e);
        }
    }

    /** @throws Stopped if the evidence cannot be read, or does not vouch any more */
    static List<Release> of(Unit unit, int generation) throws Stopped {
        try {
            Vouching vouching = Anchors.of(unit).verify(Evidence.read(unit.evidence(generation)));
            if (vouching instanceof Vouching.Vouched vouched) {
                return vouched.releases();
            }
            var refusal = ((Vouching.Refused) vouching).refusal();
            throw new Stopped(new Reason(refusal.code().name(), refusal.detail()));
        } catch (IOException e) {
            throw new Stopped(UpdateCode.STATE_UNREADABLE, "the evidence cannot be read", e);
        }
    }
}
