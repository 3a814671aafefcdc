package io.sekimori.update.engine;

import io.sekimori.generation.GenerationBundle;
import io.sekimori.generation.Unit;
import io.sekimori.trust.Acceptance;
import io.sekimori.trust.BuildTime;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.FloorPermits;
import io.sekimori.trust.Permit;
import io.sekimori.trust.Refusal;
import io.sekimori.trust.UpdateVerifier;
import io.sekimori.update.Origin;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is installed below a floor since a permit allows it: in the audit before it is staged, with the permit beside the
 * evidence of the generation, and asked once more before it is confirmed. The floor stays where it is. Thread-safe.
 */
final class Permitted {

    private final Surroundings around;
    private final Unit unit;

    Permitted(Surroundings around) {
        this.around = around;
        this.unit = around.unit();
    }

    /** Has it in the audit, if a permit was needed and it is to be done. */
    void demand(Acceptance.Accepted accepted, Optional<Origin> by) throws Stopped {
        if (accepted.permits().isPresent() && by.isPresent()) {
            AuditDesk audit = new AuditDesk(around.capabilities());
            for (Permit permit : accepted.permits().get().permits()) {
                audit.permitted(by.get(), permit);
            }
        }
    }

    /** Keeps the permits where no start looks for them. */
    void keep(int generation, Acceptance.Accepted accepted) throws Stopped {
        if (accepted.permits().isPresent()) {
            try {
                byte[] file = accepted.permits().get().file().getBytes(StandardCharsets.UTF_8);
                DurableFile.write(file(generation), file);
            } catch (IOException e) {
                throw new Stopped(UpdateCode.STAGING_FAILED, "the permits cannot be kept", e);
            }
        }
    }

    /**
     * Whether a permit of that generation still lets this bundle be confirmed.
     *
     * @return false if it never had one
     * @throws Stopped if it had one that is over or that the keys of today do not vouch for
     */
    boolean still(int generation, GenerationBundle bundle) throws Stopped {
        try {
            Optional<byte[]> permits = DurableFile.read(file(generation), FloorPermits.MAX_BYTES);
            if (permits.isEmpty()) {
                return false;
            }
            UpdateVerifier verifier = new UpdateVerifier(
                    unit.metadata(),
                    Acceptor.read(unit.releaseAnchor()),
                    Acceptor.read(unit.directorAnchor()),
                    BuildTime.instant());
            Optional<Refusal> refusal = verifier.refusal(
                    permits.get(),
                    new Permit.Item(bundle.symbolicName(), bundle.version(), bundle.counter(), bundle.sha256()),
                    new Acceptor(around).facts(),
                    around.clock().instant());
            if (refusal.isPresent()) {
                throw new Stopped(
                        new Reason(refusal.get().code().name(), refusal.get().detail()));
            }
            return true;
        } catch (IOException e) {
            throw new Stopped(UpdateCode.STATE_UNREADABLE, "the permits cannot be read", e);
        }
    }

    private Path file(int generation) {
        return unit.evidence(generation).resolve(FloorPermits.FILE);
    }
}
