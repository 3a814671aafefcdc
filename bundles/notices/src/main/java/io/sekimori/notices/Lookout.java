package io.sekimori.notices;

import io.sekimori.records.Records;
import io.sekimori.records.RecordsException;
import io.sekimori.releases.Releases;
import io.sekimori.releases.ReleasesException;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.Rollouts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks now and then at what tells nobody by itself: rollouts, and the ends of metadata. Confined to one thread. */
final class Lookout {

    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
    private static final Duration READ_EVERY = Duration.ofHours(1);
    private static final int ROLLOUTS_LOOKED_AT = 50;

    private final Round round;
    private final Clock clock;
    private Instant nextLook = Instant.MIN;
    private Instant nextReading = Instant.MIN;

    Lookout(Round round, Clock clock) {
        this.round = round;
        this.clock = clock;
    }

    /** Keeps what is new, if it is time to look. */
    void look(Records records, Settings settings, Optional<Rollouts> rollouts, Optional<Releases> releases)
            throws RecordsException, RolloutException, ReleasesException {
        Instant now = clock.instant();
        if (!now.isBefore(nextLook)) {
            nextLook = now.plus(LOOK_EVERY);
            Instant since = round.since(records);
            List<Fact> facts = new ArrayList<>();
            if (rollouts.isPresent()) {
                List<Rollout> page = rollouts.get().page(Optional.empty(), ROLLOUTS_LOOKED_AT);
                page.forEach(each -> facts.addAll(Observation.of(each, since)));
                foretell(page, round.news(records, settings, facts), settings, releases, facts);
            }
            round.keep(records, settings, facts);
        }
        if (releases.isPresent() && !now.isBefore(nextReading)) {
            nextReading = now.plus(READ_EVERY); // all of its metadata are read for it
            round.keep(records, settings, Observation.of(releases.get().state(), settings.expiry(), now));
        }
    }

    // Releases are read for a rollout that nobody was told of, and not for each look.
    private static void foretell(
            List<Rollout> page, List<Fact> news, Settings settings, Optional<Releases> releases, List<Fact> facts)
            throws ReleasesException {
        List<String> begun = news.stream()
                .filter(fact -> fact.kind() == Kind.UPDATE_AVAILABLE)
                .map(Fact::key)
                .toList();
        if (begun.isEmpty() || releases.isEmpty()) {
            return;
        }
        Foretelling foretelling = new Foretelling(releases.get().releases(), settings.language());
        for (Rollout each : page) {
            Fact told = Observation.available(each, foretelling);
            if (begun.contains(told.key())) {
                facts.replaceAll(fact -> fact.key().equals(told.key()) ? told : fact);
            }
        }
    }
}
