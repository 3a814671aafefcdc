package io.sekimori.settings;

import io.sekimori.config.Snapshot;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is remembered of changes: how far the mandates have counted, the one on trial, and what became of the last ones.
 * Holds no value of a setting.
 *
 * @param count of the last mandate that was taken
 * @param open the change on trial
 * @param past the newest first
 * @param heard names of the mandates that were taken, the newest first: a root that takes keys away has the count begin anew, and
 *     what keys signed that stay may have been taken before. No clock makes them go
 */
record Book(Count count, Optional<Open> open, List<Ended> past, List<String> heard) {

    static final Book EMPTY = new Book(Count.NONE, Optional.empty(), List.of(), List.of());
    static final int MAX_BYTES = 256 << 10;

    private static final long FORMAT = 1;
    private static final int MOST_PAST = 20;
    private static final int MOST_HEARD = 64;

    /** How a change ends, or stands. Stable names: they travel. */
    enum State {
        APPLYING,
        ON_TRIAL,
        CONFIRMED,
        REVERTED,
        REFUSED
    }

    /**
     * A change on trial.
     *
     * @param state APPLYING until all of it is in force, then ON_TRIAL
     * @param since when it got there
     * @param deadline when the former values come back
     * @param challenge what a confirmation must repeat
     */
    record Open(
            String id,
            String person,
            String reason,
            State state,
            Instant since,
            Instant deadline,
            Snapshot before,
            String challenge) {

        Open at(State next, Instant now) {
            return new Open(id, person, reason, next, now, deadline, before, challenge);
        }

        /**
         * Whether its time is not over. A clock that shows less than when it began, such as one without a battery after
         * a power cut, cannot tell: then it is over, since a gateway that is cut off may never hear the right time.
         */
        boolean lasts(Instant now) {
            return !now.isBefore(since) && now.isBefore(deadline);
        }
    }

    /** What became of a change; {@code code} is empty if it was confirmed. */
    record Ended(String id, State state, String code, String detail, Instant at) {}

    Book {
        past = newest(past, MOST_PAST);
        heard = newest(heard, MOST_HEARD);
    }

    private static <T> List<T> newest(List<T> all, int most) {
        return List.copyOf(all.subList(0, Math.min(all.size(), most)));
    }

    /** Whether this mandate may be taken: it was not before, nor one that counts for more by the same keys. */
    boolean isNew(Mandates.Heard mandate) {
        return mandate.count().after(count) && !heard.contains(mandate.name());
    }

    /** With this mandate among those that were taken. */
    Book taken(Mandates.Heard mandate) {
        List<String> more = new ArrayList<>(heard);
        more.add(0, mandate.name());
        return new Book(mandate.count(), open, past, more);
    }

    Book with(Open change) {
        return new Book(count, Optional.of(change), past, heard);
    }

    Book end(Ended ended) {
        List<Ended> more = new ArrayList<>(past);
        more.add(0, ended);
        return new Book(count, Optional.empty(), more, heard);
    }

    byte[] bytes() {
        Map<String, Object> json = new HashMap<>(Map.of(
                "format",
                FORMAT,
                "counter",
                count.number(),
                "root",
                count.root(),
                "heard",
                heard,
                "past",
                past.stream().map(Book::json).toList()));
        open.ifPresent(change -> json.put(
                "open",
                Map.of(
                        "id", change.id(),
                        "person", change.person(),
                        "reason", change.reason(),
                        "state", change.state().name(),
                        "since", change.since().toString(),
                        "deadline", change.deadline().toString(),
                        "snapshot", change.before().id(),
                        "versions", change.before().versions(),
                        "challenge", change.challenge())));
        return JsonText.bytes(json);
    }

    static Book parse(byte[] bytes) throws MalformedJson {
        JsonObject json = JsonObject.parse(bytes, MAX_BYTES);
        if (json.number("format") != FORMAT) {
            throw new MalformedJson("format is not " + FORMAT);
        }
        try {
            Optional<JsonObject> change = json.optionalObject("open");
            List<Ended> past = new ArrayList<>();
            for (JsonObject each : json.objects("past")) {
                past.add(new Ended(
                        each.string("id"),
                        State.valueOf(each.string("state")),
                        each.string("code"),
                        each.string("detail"),
                        Instant.parse(each.string("at"))));
            }
            return new Book(
                    // A book of before counted under the keys of the first root.
                    new Count(json.optionalNumber("root").orElse(Count.NONE.root()), json.number("counter")),
                    change.isPresent() ? Optional.of(open(change.get())) : Optional.empty(),
                    past,
                    json.has("heard") ? json.strings("heard") : List.of());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new MalformedJson(String.valueOf(e.getMessage()), e);
        }
    }

    private static Open open(JsonObject json) throws MalformedJson {
        JsonObject versions = json.object("versions");
        Map<String, Long> byPid = new HashMap<>();
        for (String pid : versions.names()) {
            byPid.put(pid, versions.number(pid));
        }
        return new Open(
                json.string("id"),
                json.string("person"),
                json.string("reason"),
                State.valueOf(json.string("state")),
                Instant.parse(json.string("since")),
                Instant.parse(json.string("deadline")),
                new Snapshot(json.string("snapshot"), byPid),
                json.string("challenge"));
    }

    private static Map<String, Object> json(Ended each) {
        return Map.of(
                "id", each.id(),
                "state", each.state().name(),
                "code", each.code(),
                "detail", each.detail(),
                "at", each.at().toString());
    }
}
