package io.sekimori.trust;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the releases of the next targets file must be after those that are published. */
final class Succession {

    private Succession() {}

    /**
     * Nothing published goes or changes its meaning; whatever is new is held to what {@link NewRelease} asks.
     *
     * @param others published by others: their counters and floors bind, too, and to take one over as it is is allowed
     */
    static void require(List<Release> published, List<Release> next, Collection<Release> others) throws TrustException {
        Map<String, Release> byPath = new HashMap<>();
        next.forEach(release -> byPath.put(release.path(), release));
        for (Release release : published) {
            Release now = byPath.remove(release.path());
            if (now == null) {
                throw new TrustException(PublishCode.RELEASE_DROPPED, release.path() + " is not there any more");
            }
            if (!now.equals(release)) {
                throw new TrustException(PublishCode.RELEASE_EXISTS, release.path() + " is published differently");
            }
        }
        List<Release> earlier = new ArrayList<>(published);
        earlier.addAll(others);
        List<Release> added = new ArrayList<>(byPath.values());
        added.sort(Comparator.comparingLong(Release::counter).thenComparing(Release::path));
        for (Release release : added) {
            if (!others.contains(release)) {
                NewRelease.requireNext(release, earlier);
                earlier.add(release);
            }
        }
    }
}
