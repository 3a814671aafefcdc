package io.sekimori.releases.repository;

import io.sekimori.releases.ReleasesCode;
import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.Publisher;
import io.sekimori.trust.Release;
import io.sekimori.trust.RepositoryFacts;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/**
 * Signs snapshot and timestamp anew long before they expire, and removes what nobody asks for any more. Several consoles
 * on the same records do it once. Thread-safe.
 */
final class Renewal {

    /** What is no role, but what the publisher said of a model. */
    static final String SUPPORT = "support ";

    private static final long LOOK_SECONDS = 60;
    private static final Duration UNPUBLISHED_KEPT = Duration.ofDays(1);
    // A gateway in the middle of a look asks for what the timestamp named that it got.
    private static final int VERSIONS_KEPT = 3;
    private static final Pattern VERSIONED = Pattern.compile("([0-9]+)\\.(?!root\\.json)(.+)\\.json");

    private final Repositories repositories;
    private final MissingKeys missing;
    private final Supplier<Settings> settings;
    private final Clock clock;
    private final Logger log;
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, work -> new Thread(work, "sekimori-releases-1"));
    private String told = "";
    private volatile @Nullable Look last;

    /**
     * What was found.
     *
     * @param problem why nothing can be signed anew; empty if it can
     * @param expires when each role's newest metadata expires, {@code publisher NAME} for one to whom names are handed on,
     *     {@code support MODEL} for when updates end; those of the director but for its root are signed per gateway
     * @param elsewhere which keys other consoles on the same records lack
     */
    record Look(String problem, Map<String, Instant> expires, List<String> elsewhere) {
        Look {
            expires = Map.copyOf(expires);
            elsewhere = List.copyOf(elsewhere);
        }
    }

    Renewal(Repositories repositories, Supplier<Settings> settings, Clock clock, Logger log) {
        this.repositories = repositories;
        this.missing = new MissingKeys(repositories, settings, clock);
        this.settings = settings;
        this.clock = clock;
        this.log = log;
    }

    void begin() {
        thread.scheduleWithFixedDelay(this::look, 1, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    void end() {
        thread.shutdown();
    }

    /** What was found lately; looks if nobody has looked yet, and again while something was wrong. */
    Look found() {
        Look known = last;
        return known == null || !known.problem().isEmpty() ? look() : known;
    }

    synchronized Look look() {
        Look look;
        try {
            look = looked();
        } catch (RefusedException | ReleasesException | IOException e) {
            look = new Look(String.valueOf(e.getMessage()), Map.of(), List.of());
        } catch (RuntimeException e) { // the boundary of this thread
            look = new Look(e.toString(), Map.of(), List.of());
        }
        if (!look.problem().equals(told) && !look.problem().isEmpty()) {
            log.error("What gateways need is not signed anew before it expires: {}", look.problem());
        }
        told = look.problem();
        last = look;
        return look;
    }

    private Look looked() throws RefusedException, ReleasesException, IOException {
        Optional<RefusedException> refused = Optional.empty();
        try {
            renew(); // first: what only tells which keys are missing keeps nobody from signing
        } catch (RefusedException e) {
            refused = Optional.of(e);
            log.debug("Not signed anew", e);
        }
        MissingKeys.Found lacking = missing.found();
        if (lacking.here().isEmpty()) {
            if (refused.isPresent()) {
                throw refused.get();
            }
            return new Look("", tidy(), lacking.elsewhere());
        }
        return new Look(
                ReleasesCode.ONLINE_KEYS_MISSING + ": this console: " + String.join("; ", lacking.here()),
                tidy(),
                lacking.elsewhere());
    }

    /** Signs anew if half of the time is over. */
    boolean renew() throws RefusedException, ReleasesException {
        // Looked at first: most of the time nobody needs to write.
        boolean due = repositories.read((open, connection) -> renew(open));
        return due && repositories.write((open, connection) -> renew(open));
    }

    private boolean renew(Repositories.Open open) throws IOException {
        Settings now = settings.get();
        Duration half = now.lifetimes().timestamp().compareTo(now.lifetimes().snapshot()) < 0
                ? now.lifetimes().timestamp().dividedBy(2)
                : now.lifetimes().snapshot().dividedBy(2);
        Instant instant = clock.instant();
        boolean renewed = open.releases().renew(now.place().keys(), now.lifetimes(), instant.plus(half), instant);
        if (renewed) {
            forgetOld(open);
        }
        return renewed;
    }

    /** Forgets all but the newest versions of what is published again and again; roots stay for ever (6.1). */
    static void forgetOld(Repositories.Open open) {
        Map<String, TreeSet<Long>> versions = new HashMap<>();
        for (String name : open.releaseRows().names()) {
            Matcher versioned = VERSIONED.matcher(name);
            if (versioned.matches()) {
                versions.computeIfAbsent(versioned.group(2), kind -> new TreeSet<>(Comparator.reverseOrder()))
                        .add(Long.valueOf(versioned.group(1)));
            }
        }
        versions.forEach((kind, all) -> all.stream()
                .skip(VERSIONS_KEPT)
                .forEach(version -> open.releaseRows().remove(version + "." + kind + ".json")));
    }

    /** Removes what nobody asks for, and says when what is left expires. */
    private Map<String, Instant> tidy() throws RefusedException, ReleasesException, IOException {
        Map<String, Instant> expires = new HashMap<>();
        Set<String> published = repositories.read((open, connection) -> {
            RepositoryFacts facts = open.releases().facts();
            facts.roles().forEach((role, signed) -> expires.put(role.word(), signed.expires()));
            facts.support().ends().forEach((model, end) -> expires.put(SUPPORT + model, end));
            expires.put("director-root", open.director().root().expires());
            for (Publisher publisher : open.releases().publishers()) {
                publisher
                        .published()
                        .ifPresent(signed -> expires.put("publisher " + publisher.role(), signed.expires()));
            }
            return facts.releases().stream().map(Release::sha256).collect(Collectors.toSet());
        });
        new IncomingFiles(settings.get().place())
                .tidy(published, clock.instant().minus(UNPUBLISHED_KEPT));
        return expires;
    }
}
