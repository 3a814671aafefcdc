package io.sekimori.delivery;

import io.sekimori.generation.Unit;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.Identity;
import io.sekimori.trust.AssignmentVerifier;
import io.sekimori.trust.Refusal;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.TrustCode;
import io.sekimori.trust.UnitFacts;
import io.sekimori.update.Forgeries.Forgery;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * Looks at assignments that came by the broker before they are worth a try of the engine, which has some 14 syncs of the disk and a
 * place among the reports that are kept: who owns the broker alone has neither. What it refuses may still be right by
 * a root that this gateway has yet to follow; whether it is, the console says by HTTPS. Writes nothing but the count of forgeries. Thread-safe.
 */
final class Screening {

    private final Unit unit;
    private final Surroundings around;

    Screening(Unit unit, Surroundings around) {
        this.unit = unit;
        this.around = around;
    }

    /** Why it is not worth a try; empty if it is, and the engine says what it is worth. */
    Optional<Reason> refusal(byte[] assignment) {
        try {
            AssignmentVerifier verifier =
                    new AssignmentVerifier(unit.metadata(), Files.readAllBytes(unit.directorAnchor()));
            Optional<UnitFacts> facts = around.identity().flatMap(Screening::facts);
            if (facts.isEmpty()) {
                return Optional.of(new Reason(DeliveryCode.NOT_ENROLLED.name(), "nobody knows whose it would be"));
            }
            Optional<Refusal> refusal = verifier.refusal(assignment, facts.get());
            refusal.flatMap(why -> forgery(why, verifier, assignment))
                    .ifPresent(forgery -> around.forgeries().ifPresent(all -> all.refused(forgery)));
            return refusal.map(why -> new Reason(why.code().name(), why.detail()));
        } catch (IOException e) {
            return Optional.of(Reason.of(UpdateCode.STATE_UNREADABLE, "the trusted metadata cannot be read"));
        }
    }

    private static Optional<UnitFacts> facts(Identity identity) {
        Optional<Enrolled> who = identity.enrolled();
        return who.map(enrolled ->
                new UnitFacts(Sha256.hex(enrolled.chain().get(0).getPublicKey().getEncoded()), identity.model()));
    }

    // One that an accepted one came after is none: it may have waited at the broker meanwhile. Whether the console
    // itself has it shows the question by HTTPS, and the engine counts it.
    private static Optional<Forgery> forgery(Refusal refusal, AssignmentVerifier verifier, byte[] assignment) {
        if (refusal.code() == TrustCode.ASSIGNMENT_OTHER_DEVICE) {
            return Optional.of(Forgery.ASSIGNMENT_OTHER_DEVICE);
        }
        return refusal.code() == TrustCode.ASSIGNMENT_SIGNATURES && verifier.isForged(assignment)
                ? Optional.of(Forgery.ASSIGNMENT_SIGNATURES)
                : Optional.empty();
    }
}
