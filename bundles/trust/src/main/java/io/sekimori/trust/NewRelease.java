package io.sekimori.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** What a jar must be to be released after those released before. */
final class NewRelease {

    private NewRelease() {}

    /** Measures the jar and holds it against what the publisher says of it. */
    static Release read(Path jar, ReleaseFacts facts) throws IOException {
        long length = Files.size(jar);
        if (length < 1 || length > Release.MAX_LENGTH) {
            throw new TrustException(
                    PublishCode.RELEASE_LENGTH,
                    jar.getFileName() + " has " + length + " bytes, allowed are 1 to " + Release.MAX_LENGTH);
        }
        if (facts.kind() == Kind.BUNDLE) {
            BundleIdentity identity = BundleIdentity.read(jar);
            if (!identity.equals(new BundleIdentity(facts.symbolicName(), facts.version()))) {
                throw new TrustException(
                        PublishCode.BUNDLE_IDENTITY,
                        jar.getFileName() + " is " + identity.symbolicName() + " " + identity.version() + ", not "
                                + facts.symbolicName() + " " + facts.version());
            }
        }
        return facts.release(length, Sha256.hex(jar));
    }

    /** A path never changes its meaning, counters grow, floors do not sink. */
    static void requireNext(Release release, Collection<Release> earlier) throws TrustException {
        for (Release other : earlier) {
            if (other.path().equals(release.path())) {
                throw new TrustException(
                        PublishCode.RELEASE_EXISTS, release.path() + " is released with other bytes or facts");
            }
            if (other.symbolicName().equals(release.symbolicName())) {
                requireNext(release, other);
            }
        }
    }

    private static void requireNext(Release release, Release other) throws TrustException {
        // A jar that is both a bundle and on the start class path shares its counter.
        boolean sameVersion = other.version().equals(release.version());
        if (sameVersion ? release.counter() != other.counter() : release.counter() <= other.counter()) {
            throw new TrustException(
                    PublishCode.COUNTER_NOT_GROWING,
                    release.path() + " has counter " + release.counter() + ", " + other.path() + " has "
                            + other.counter());
        }
        if (release.floor() < other.floor()) {
            throw new TrustException(
                    PublishCode.FLOOR_LOWERED,
                    release.path() + " has floor " + release.floor() + ", " + other.path() + " set " + other.floor());
        }
        if (release.hardFloor() < other.hardFloor()) {
            throw new TrustException(
                    PublishCode.FLOOR_LOWERED,
                    release.path() + " has hard floor " + release.hardFloor() + ", " + other.path() + " set "
                            + other.hardFloor());
        }
    }
}
