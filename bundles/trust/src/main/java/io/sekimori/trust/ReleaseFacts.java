package io.sekimori.trust;

import java.util.List;
import java.util.Optional;

/**
 * What a publisher says of a jar that is to be released; the jar itself says the rest. The parts are those of
 * {@link Release}.
 */
public record ReleaseFacts(
        String symbolicName,
        String version,
        long counter,
        long floor,
        long hardFloor,
        Swap swap,
        Kind kind,
        List<String> models,
        Optional<Remedy> remedy) {

    public ReleaseFacts {
        models = List.copyOf(models);
    }

    /** Without a word on the risk that it removes. */
    public ReleaseFacts(
            String symbolicName,
            String version,
            long counter,
            long floor,
            long hardFloor,
            Swap swap,
            Kind kind,
            List<String> models) {
        this(symbolicName, version, counter, floor, hardFloor, swap, kind, models, Optional.empty());
    }

    /** With length and hash of the jar. */
    Release release(long length, String sha256) {
        return new Release(
                Release.pathOf(kind, symbolicName, version),
                symbolicName,
                version,
                counter,
                floor,
                hardFloor,
                swap,
                kind,
                length,
                sha256,
                models,
                remedy);
    }
}
