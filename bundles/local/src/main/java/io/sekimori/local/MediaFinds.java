package io.sekimori.local;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import io.sekimori.update.Plan;
import io.sekimori.update.PlanAnswer;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/**
 * What of the packs on media is an update for this gateway. Each is looked at once for as long as it lies there and stays the
 * same, a few at a time: a medium is anybody's, and full of whatever they like. Looking is for one thread, asking for any.
 */
final class MediaFinds {

    private static final String ACTOR = "io.sekimori.local";

    /** So many packs are read in one look: each costs some signatures. */
    static final int MOST_READ = 8;

    /** Of so many packs something is written down within {@link #WHILE}: who fills it keeps nobody quiet for good. */
    static final int MOST_TOLD = 200;

    static final Duration WHILE = Duration.ofHours(1);

    /** So many updates are told of: an assignment counts once, however many files have it. */
    private static final int MOST_FOUND = 8;

    private static final int MOST_NAME = 255;

    /** What is true of this moment alone, so that the pack is looked at again. */
    private static final Set<String> PASSING = Set.of(
            "TRANSITION_OPEN",
            "NOT_CONFIRMED",
            "UPDATER_BUSY",
            "TIME_UNTRUSTED",
            "KEYS_UNAVAILABLE",
            "STATE_UNREADABLE",
            "ENGINE_STOPPED");

    private final Clock clock;
    private final Logger log;
    private final Supplier<@Nullable AuditLog> audit;
    private final MediaTurns turns;
    private final Set<String> recorded = new HashSet<>();
    private int refused;
    private Instant counted = Instant.EPOCH;
    private OptionalInt generation = OptionalInt.empty();
    private volatile Map<String, Find> found = Map.of();

    /**
     * An update that lies on a medium.
     *
     * @param since when it was found
     */
    record Find(Pack pack, Plan plan, Instant since) {

        /** In words for people: what it is called, and what it would lead to. */
        String told() {
            return pack.name() + ", assignment " + plan.assignmentVersion();
        }
    }

    MediaFinds(Clock clock, Logger log, Supplier<@Nullable AuditLog> audit) {
        this.clock = clock;
        this.turns = new MediaTurns(clock);
        this.log = log;
        this.audit = audit;
    }

    /** One for each assignment, in the order of their packs, and not more than anybody would read. */
    List<Find> updates() {
        Map<String, Find> updates = new LinkedHashMap<>();
        for (Find find : found.values()) {
            if (updates.size() < MOST_FOUND) {
                updates.putIfAbsent(find.plan().signed().sha256(), find);
            }
        }
        return List.copyOf(updates.values());
    }

    Map<String, Find> byPack() {
        return found;
    }

    /** As if nothing had ever lain there. */
    void forget() {
        turns.forget();
        found = Map.of();
    }

    /** @param there what lies on media now */
    void look(List<Pack> there, UpdateService engine) {
        OptionalInt running = engine.generation();
        if (there.isEmpty() || !running.equals(generation)) {
            forget(); // what was an update for the generation before may be none for this one
            generation = running;
        }
        if (Duration.between(counted, clock.instant()).abs().compareTo(WHILE) >= 0) {
            counted = clock.instant();
            refused = 0;
            recorded.clear();
        }
        turns.keep(there);
        Map<String, Find> before = found;
        Map<String, Find> now = new LinkedHashMap<>();
        int left = MOST_READ;
        for (Pack pack : there) {
            Find known = before.get(pack.id());
            if (known != null) {
                if (clock.instant().isBefore(known.plan().signed().until())) {
                    now.put(pack.id(), known);
                }
            } else if (left > 0 && turns.has(pack)) {
                left--;
                Find find = read(pack, engine);
                if (find != null) {
                    now.put(pack.id(), find);
                }
            }
        }
        found = Collections.unmodifiableMap(now);
    }

    private @Nullable Find read(Pack pack, UpdateService engine) {
        PlanAnswer answer = engine.preview(pack.file());
        if (answer instanceof PlanAnswer.Planned planned) {
            turns.used(pack);
            Find find = new Find(pack, planned.plan(), clock.instant());
            tell(find);
            return find;
        }
        Reason reason = ((PlanAnswer.Refused) answer).reason();
        if (!PASSING.contains(reason.code())) {
            turns.used(pack);
            refused++;
            if (refused <= MOST_TOLD) {
                log.info(
                        "{} on a medium is no update for this gateway: {} {}",
                        pack.name(),
                        reason.code(),
                        reason.detail());
            }
        }
        return null;
    }

    /** Each assignment once in a while: who plugs the same stick in and out fills no log. */
    private void tell(Find find) {
        if (recorded.size() >= MOST_TOLD || !recorded.add(find.plan().signed().sha256())) {
            return;
        }
        log.info("An update for this gateway lies on a medium: {}", find.told());
        AuditLog current = audit.get();
        try {
            if (current != null) {
                current.append(entry(find));
            }
        } catch (AuditException e) {
            log.warn("That an update lies on a medium is not in the audit: {}", e.getMessage());
        }
    }

    private static AuditEntry entry(Find find) {
        Map<String, String> detail = new HashMap<>();
        detail.put("assignment", Long.toString(find.plan().assignmentVersion()));
        detail.put("sha256", find.plan().signed().sha256());
        find.plan().signed().offlineStale().ifPresent(since -> detail.put("offlineStale", since.toString()));
        String name = find.pack().name();
        return new AuditEntry(
                ACTOR,
                "update.found-on-medium",
                name.substring(0, Math.min(MOST_NAME, name.length())),
                Verdict.DONE,
                "",
                detail);
    }
}
