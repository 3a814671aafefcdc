package io.sekimori.trust;

import java.util.List;

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
        List<String> models) {

    public ReleaseFacts {
        models = List.copyOf(models);
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
                models);
    }
}
