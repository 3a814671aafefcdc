package io.sekimori.settings;

import io.sekimori.generation.Unit;
import io.sekimori.identity.Enrolled;
import io.sekimori.trust.Mandate;
import io.sekimori.trust.MandateVerifier;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.TrustCode;
import io.sekimori.trust.TrustException;
import io.sekimori.update.Forgeries.Forgery;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Optional;

/** Judges whether a request is somebody's: by the mandate that came with it. Thread-safe. */
final class Mandates {

    private final Unit unit;
    private final Around around;
    private final InstantSource clock;

    Mandates(Unit unit, Around around, InstantSource clock) {
        this.unit = unit;
        this.around = around;
        this.clock = clock;
    }

    /** A mandate, and where it stands among those that were heard. */
    record Heard(Mandate mandate, Count count) {

        /** What tells it from every other one of this gateway: all of it is signed. */
        String name() {
            return mandate.counter() + " " + mandate.id();
        }
    }

    /** A mandate for this gateway and this action, whose time is not over; it may have been heard before. */
    Heard judge(byte[] bytes, String action) throws Stopped {
        Enrolled who = around.enrolled()
                .orElseThrow(() -> new Stopped(409, SettingsCode.NOT_ENROLLED, "there is nobody to be asked"));
        try {
            MandateVerifier verifier = new MandateVerifier(unit.metadata(), Files.readAllBytes(unit.directorAnchor()));
            return judge(verifier, bytes, action, who);
        } catch (TrustException e) {
            throw new Stopped(403, e.refusal().code().name(), e.refusal().detail(), e);
        } catch (IOException e) {
            throw new Stopped(503, SettingsCode.PART_ABSENT.name(), "the director's root cannot be read", e);
        }
    }

    private Heard judge(MandateVerifier verifier, byte[] bytes, String action, Enrolled who)
            throws Stopped, IOException {
        try {
            MandateVerifier.Verified verified = verifier.judge(
                    bytes,
                    who.id(),
                    Sha256.hex(who.chain().get(0).getPublicKey().getEncoded()),
                    clock.instant());
            Mandate mandate = verified.mandate();
            if (!mandate.action().equals(action)) {
                throw new Stopped(403, SettingsCode.MANDATE_OTHER_ACTION, "it is for " + mandate.action());
            }
            return new Heard(mandate, new Count(verified.keysSince(), mandate.counter()));
        } catch (TrustException e) {
            forgery(e, verifier, bytes).ifPresent(forgery -> around.forgeries().ifPresent(all -> all.refused(forgery)));
            throw e;
        }
    }

    private static Optional<Forgery> forgery(TrustException e, MandateVerifier verifier, byte[] bytes) {
        if (e.refusal().code() == TrustCode.MANDATE_OTHER_UNIT) {
            return Optional.of(Forgery.MANDATE_OTHER_UNIT);
        }
        return e.refusal().code() == TrustCode.MANDATE_SIGNATURE && verifier.isForged(bytes)
                ? Optional.of(Forgery.MANDATE_SIGNATURE)
                : Optional.empty();
    }
}
