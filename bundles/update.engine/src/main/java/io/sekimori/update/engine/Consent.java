package io.sekimori.update.engine;

import io.sekimori.generation.Generation;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Release;
import io.sekimori.update.Origin;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the gateway's own policy has to say of an update that is good in itself: who may bring it, and when it may begin by
 * itself. A console asks by itself; whoever stands before the gateway asks by hand, and is asked for no time. Thread-safe.
 */
final class Consent {

    /** The channel of what nobody on site asked for. */
    static final String CONSOLE = "console";

    /** Every other channel, as a policy names them. */
    static final String SITE = "site";

    private static final Set<String> TIMES = Set.of(UpdateCode.DEFERRED.name(), UpdateCode.OUTSIDE_WINDOW.name());

    // What a director dates ahead by mistake, or a clock that is late by that much, hinders nothing.
    private static final Duration SLACK = Duration.ofMinutes(10);

    /**
     * The policy.
     *
     * @param updaters who may update at all: {@value Consent#CONSOLE}, {@value Consent#SITE}
     * @param restorers who may go back to an older release, too
     * @param downloads whether what a console assigned is downloaded without a person
     * @param installs whether it is installed without a person
     * @param mostDeferred how long a person on site may put it off in all
     */
    record Rules(
            Set<String> updaters,
            Set<String> restorers,
            boolean downloads,
            boolean installs,
            Windows windows,
            Duration mostDeferred) {

        private static final Set<String> KNOWN = Set.of(CONSOLE, SITE);

        /** Only people on site, and nothing by itself. */
        static final Rules BY_HAND =
                new Rules(Set.of(SITE), Set.of(SITE), false, false, Windows.of(List.of(), "UTC"), Duration.ZERO);

        Rules {
            updaters = Set.copyOf(updaters);
            restorers = Set.copyOf(restorers);
            if (!KNOWN.containsAll(updaters) || !KNOWN.containsAll(restorers)) {
                throw new IllegalArgumentException("who may update or restore is of " + KNOWN);
            }
        }

        /** These, and nothing by itself that may not be. */
        Rules atMost(boolean mayDownload, boolean mayInstall) {
            return new Rules(
                    updaters, restorers, downloads && mayDownload, installs && mayInstall, windows, mostDeferred);
        }
    }

    private final Supplier<Rules> rules;
    private final Deferral deferral;

    Consent(Supplier<Rules> rules, Deferral deferral) {
        this.rules = rules;
        this.deferral = deferral;
    }

    /** What has what this origin may ask for wait now; empty if only the update itself decides. */
    Optional<Reason> hindrance(Origin origin, Instant now) {
        Rules current = rules.get();
        if (!byItself(origin)) {
            return Optional.empty();
        }
        if (!current.downloads()) {
            return Optional.of(Reason.of(UpdateCode.DOWNLOAD_BY_HAND, "download.automatic=false"));
        }
        return timing(current, now);
    }

    /** When what hinders now no longer does; empty if more than time has to pass. */
    Optional<Instant> ends(Reason hindrance, Instant now) {
        if (!TIMES.contains(hindrance.code())) {
            return Optional.empty();
        }
        Windows windows = rules.get().windows();
        Instant from = deferral.until(now).orElse(now);
        return windows.open(from) ? Optional.of(from) : windows.next(from);
    }

    /** Whether who asks may ask at all. */
    void demandOrigin(Origin origin) throws Stopped {
        demand(stranger(origin));
    }

    /** Why who asks must not ask at all; empty if they may. */
    Optional<Reason> stranger(Origin origin) {
        return stranger(rules.get().updaters(), origin, UpdateCode.ORIGIN_NOT_ALLOWED);
    }

    /**
     * Whether who asks may go back with a bundle, the launcher or its Java runtime, if that is what is asked.
     *
     * @param vouched the releases of {@code running}, for what its manifest does not name; empty if its evidence is damaged
     */
    void demandDirection(Origin origin, Generation running, List<Release> vouched, List<Release> wanted)
            throws Stopped {
        Map<String, Long> counters = new HashMap<>();
        vouched.forEach(release -> counters.put(key(release.kind(), release.symbolicName()), release.counter()));
        running.bundles().forEach(bundle -> counters.put(key(Kind.BUNDLE, bundle.symbolicName()), bundle.counter()));
        List<String> older = wanted.stream()
                .filter(release ->
                        release.counter() < counters.getOrDefault(key(release.kind(), release.symbolicName()), 0L))
                .map(release -> release.symbolicName() + "/" + release.version())
                .toList();
        if (!older.isEmpty()) {
            demand(stranger(rules.get().restorers(), origin, UpdateCode.ROLLBACK_NOT_ALLOWED)
                    .map(reason -> new Reason(reason.code(), reason.detail() + ": " + older)));
        }
    }

    private static String key(Kind kind, String symbolicName) {
        return kind + " " + symbolicName;
    }

    /** Whether files may be fetched now. */
    void demandDownload(Origin origin) throws Stopped {
        if (byItself(origin) && !rules.get().downloads()) {
            throw new Stopped(UpdateCode.DOWNLOAD_BY_HAND, "download.automatic=false");
        }
    }

    /**
     * Whether it may begin now.
     *
     * @param issued when the director signed what is to be installed
     */
    void demandNow(Origin origin, Instant issued, Instant now) throws Stopped {
        Rules current = rules.get();
        if (!byItself(origin)) {
            return;
        }
        if (!current.windows().windows().isEmpty() && now.isBefore(issued.minus(SLACK))) {
            throw new Stopped(
                    UpdateCode.CLOCK_WRONG, "it is " + now + " here, and was " + issued + " when this was assigned");
        }
        demand(timing(current, now));
    }

    private Optional<Reason> timing(Rules current, Instant now) {
        if (!current.installs()) {
            return Optional.of(Reason.of(UpdateCode.INSTALL_BY_HAND, "install.automatic=false"));
        }
        Optional<Instant> until = deferral.until(now);
        if (until.isPresent()) {
            return Optional.of(Reason.of(UpdateCode.DEFERRED, "until " + until.get()));
        }
        if (!current.windows().open(now)) {
            String next = current.windows().next(now).map(Instant::toString).orElse("never");
            return Optional.of(Reason.of(
                    UpdateCode.OUTSIDE_WINDOW,
                    "the next window opens at " + next + ", "
                            + current.windows().zone()));
        }
        return Optional.empty();
    }

    private static Optional<Reason> stranger(Set<String> allowed, Origin origin, UpdateCode code) {
        String who = byItself(origin) ? CONSOLE : SITE;
        return allowed.contains(who)
                ? Optional.empty()
                : Optional.of(Reason.of(code, who + " is not among " + allowed));
    }

    private static boolean byItself(Origin origin) {
        return origin.channel().equals(CONSOLE);
    }

    private static void demand(Optional<Reason> hindrance) throws Stopped {
        if (hindrance.isPresent()) {
            throw new Stopped(hindrance.get());
        }
    }
}
