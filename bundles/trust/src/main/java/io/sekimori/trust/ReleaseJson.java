package io.sekimori.trust;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A {@link Release} as an entry of targets metadata (4.5). */
final class ReleaseJson {

    private static final String SHA256 = "sha256";

    private ReleaseJson() {}

    static Map<String, Object> write(Release release) {
        Map<String, Object> custom = new TreeMap<>(Map.of(
                "symbolicName", release.symbolicName(),
                "version", release.version(),
                "counter", release.counter(),
                "floor", release.floor(),
                "swap", release.swap().word(),
                "kind", release.kind().word(),
                "models", release.models()));
        if (release.hardFloor() > 0) {
            custom.put("hardFloor", release.hardFloor());
        }
        release.remedy().ifPresent(remedy -> custom.put(Remedy.MEMBER, remedy.json()));
        return Map.of("length", release.length(), "hashes", Map.of("sha256", release.sha256()), "custom", custom);
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
                    custom.has("hardFloor") ? custom.number("hardFloor") : 0,
                    Words.parse(custom, "swap", Swap.values(), Swap::word),
                    Words.parse(custom, "kind", Kind.values(), Kind::word),
                    target.number("length"),
                    sha256(target),
                    custom.has("models") ? custom.strings("models") : List.of(),
                    Remedy.of(custom));
        } catch (MalformedJson | IllegalArgumentException e) {
            throw new TrustException(TrustCode.RELEASE_MALFORMED, "release " + path + ": " + e.getMessage(), e);
        }
    }

    /**
     * 5.7.3: every listed hash of a known algorithm must be right, and of a release only this one is ever compared. So it must
     * be there, and another known one is refused rather than passed over; unknown ones say nothing here.
     */
    static String sha256(JsonObject target) throws MalformedJson, TrustException {
        JsonObject hashes = target.object("hashes");
        for (String known : HashedCopy.ALGORITHMS.keySet()) {
            if (hashes.has(known) != known.equals(SHA256)) {
                throw new TrustException(
                        TrustCode.HASH_UNSUPPORTED,
                        "a release has hashes of " + hashes.names() + " instead of " + SHA256 + " alone");
            }
        }
        return hashes.string(SHA256);
    }
}
