package io.sekimori.releases;

import java.util.List;
import java.util.Optional;

/**
 * One version of one jar, as its publisher vouches for it.
 *
 * @param kind bundle, jar of the start class path, or Java runtime
 * @param counter the release counter, 1 or greater; only grows from release to release of a symbolic name
 * @param floor the least counter of this symbolic name that gateways accept once they confirmed this one
 * @param swap {@code overlap}, {@code replace} or {@code restart}
 * @param sha256 64 lower-case hex digits
 * @param models the gateway models it is made for; empty means all
 * @param remedy which risk it removes; empty if its publisher does not say
 */
public record Release(
        String symbolicName,
        String version,
        Kind kind,
        long counter,
        long floor,
        String swap,
        long lengthBytes,
        String sha256,
        List<String> models,
        Optional<Remedy> remedy) {

    /** One whose publisher does not say which risk it removes. */
    public Release(
            String symbolicName,
            String version,
            Kind kind,
            long counter,
            long floor,
            String swap,
            long lengthBytes,
            String sha256,
            List<String> models) {
        this(symbolicName, version, kind, counter, floor, swap, lengthBytes, sha256, models, Optional.empty());
    }

    /** What a jar is for. */
    public enum Kind {
        BUNDLE,
        /** Launcher, framework or what else lies on the class path a gateway starts with. */
        SLOT,
        /** The Java runtime it starts with. */
        JAVA
    }

    public Release {
        models = List.copyOf(models);
    }
}
