package io.sekimori.update.engine;

import io.sekimori.trust.Pack;
import io.sekimori.trust.TrustException;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import io.sekimori.update.UpdateSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An update that somebody asks for, not looked at yet.
 *
 * @param name for the audit and the log
 * @param seen SHA-256 of the one assignment that is wanted of it; empty for whatever it holds
 */
record Offer(String name, Opening opening, Optional<String> seen) {

    /** Opens what is offered; the one who opens it closes it. */
    interface Opening {
        Supply open() throws Stopped;
    }

    static Offer of(Path pack) {
        return of(pack, Optional.empty());
    }

    static Offer of(UpdateSource source) {
        return new Offer(source.name(), () -> Supply.remote(source), Optional.empty());
    }

    static Offer of(Path pack, Optional<String> seen) {
        return new Offer(String.valueOf(pack.getFileName()), () -> Supply.pack(new PackSource(opened(pack))), seen);
    }

    private static Pack opened(Path file) throws Stopped {
        try {
            return Pack.open(file);
        } catch (TrustException e) {
            throw new Stopped(new Reason(e.refusal().code().name(), e.refusal().detail()), e);
        } catch (IOException e) {
            throw new Stopped(UpdateCode.PACK_UNREADABLE, "the pack cannot be read", e);
        }
    }
}
