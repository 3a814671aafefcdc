package io.sekimori.trust;

import java.util.List;
import java.util.Map;

/** A {@link Release} as an entry of targets metadata (4.5). */
final class ReleaseJson {

    private ReleaseJson() {}

    static Map<String, Object> write(Release release) {
        return Map.of(
                "length", release.length(),
                "hashes", Map.of("sha256", release.sha256()),
                "custom",
                        Map.of(
                                "symbolicName", release.symbolicName(),
                                "version", release.version(),
                                "counter", release.counter(),
                                "floor", release.floor(),
                                "swap", release.swap().word(),
                                "kind", release.kind().word(),
                                "models", release.models()));
    }

    static Release read(String path, JsonObject target) throws TrustException {
        try {
            JsonObject custom = target.object("custom");
            return new Release(
                    path,
                    custom.string("symbolicName"),
                    custom.string("version"),
                    custom.number("counter"),
                    custom.number("floor"),
                    Words.parse(custom, "swap", Swap.values(), Swap::word),
                    Words.parse(custom, "kind", Kind.values(), Kind::word),
                    target.number("length"),
                    sha256(target),
                    custom.has("models") ? custom.strings("models") : List.of());
        } catch (MalformedJson | IllegalArgumentException e) {
            throw new TrustException(TrustCode.RELEASE_MALFORMED, "release " + path + ": " + e.getMessage(), e);
        }
    }

    /** 5.7.3: other algorithms may be listed beside it, but the one we check must be there. */
    static String sha256(JsonObject target) throws MalformedJson, TrustException {
        JsonObject hashes = target.object("hashes");
        if (!hashes.has("sha256")) {
            throw new TrustException(TrustCode.HASH_UNSUPPORTED, "a target has only hashes of " + hashes.names());
        }
        return hashes.string("sha256");
    }
}
