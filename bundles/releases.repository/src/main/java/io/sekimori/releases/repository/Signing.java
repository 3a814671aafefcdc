package io.sekimori.releases.repository;

import io.sekimori.releases.AssignAnswer;
import io.sekimori.releases.Errand;
import io.sekimori.releases.Order;
import io.sekimori.releases.ReleasesCode;
import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.Assignment;
import io.sekimori.trust.AssignmentDraft;
import io.sekimori.trust.AssignmentSigner;
import io.sekimori.trust.Mandate;
import io.sekimori.trust.RoleKeys;
import io.sekimori.trust.SignedAssignment;
import io.sekimori.trust.TimeSigner;
import io.sekimori.trust.UnitFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Composes and signs assignments: many in one transaction, on all processors. Thread-safe. */
final class Signing {

    /** As the column has room for; far more than a gateway's own limit for what the broker brings. */
    private static final int MAX_DOCUMENT_BYTES = 1_000_000;

    private final Repositories repositories;
    private final Supplier<Settings> settings;
    private final Clock clock;

    Signing(Repositories repositories, Supplier<Settings> settings, Clock clock) {
        this.repositories = repositories;
        this.settings = settings;
        this.clock = clock;
    }

    /** What became of orders before anything was signed. */
    record Composition(
            List<Order> orders, Map<String, Composer.Composed> drafts, Map<String, AssignAnswer.Refused> refusals) {

        /** One answer for each order, in their order. */
        List<AssignAnswer> answers(Map<String, AssignAnswer> signed) {
            List<AssignAnswer> answers = new ArrayList<>(orders.size());
            for (Order order : orders) {
                AssignAnswer.Refused refused = refusals.get(order.device());
                answers.add(refused == null ? signed.get(order.device()) : refused);
            }
            return answers;
        }
    }

    /** What came of one draft: an assignment to be kept, or none. */
    private record Result(AssignAnswer answer, Optional<SignedAssignment> signed) {}

    /** Refuses what cannot be assigned, and drafts the rest. */
    Composition compose(List<Order> orders, Parallel parallel) throws ReleasesException, RefusedException {
        Composer composer =
                repositories.read((open, connection) -> new Composer(FloorRule.of(open.releases()), clock.instant()));
        List<Object> results = parallel.map(orders, order -> {
            try {
                return composer.compose(order);
            } catch (RefusedException e) {
                return new AssignAnswer.Refused(order.device(), e.code(), e.detail());
            } catch (IllegalArgumentException e) {
                return unfit(order.device(), String.valueOf(e.getMessage()));
            }
        });
        Map<String, Composer.Composed> drafts = new LinkedHashMap<>();
        Map<String, AssignAnswer.Refused> refusals = new HashMap<>();
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i) instanceof Composer.Composed composed) {
                drafts.put(orders.get(i).device(), composed);
            } else {
                refusals.put(orders.get(i).device(), (AssignAnswer.Refused) results.get(i));
            }
        }
        return new Composition(orders, drafts, refusals);
    }

    /** Signs every draft; an answer for each device. */
    Map<String, AssignAnswer> sign(Composition composition, Parallel parallel)
            throws ReleasesException, RefusedException {
        List<Composer.Composed> drafts = List.copyOf(composition.drafts().values());
        List<String> devices = List.copyOf(composition.drafts().keySet());
        return repositories.write((open, connection) -> {
            AssignmentSigner signer = signer(open, settings.get().lifetimes().assignment());
            Instant now = clock.instant();
            Map<String, Long> before = AssignmentRow.versions(connection, devices);
            List<Result> results = parallel.map(drafts, composed -> {
                long known = before.getOrDefault(composed.draft().device(), 0L);
                return signed(signer, composed.draft(), Math.max(known, composed.above()), now);
            });
            AssignmentRow.write(
                    connection,
                    results.stream().flatMap(each -> each.signed().stream()).toList(),
                    before.keySet());
            Map<String, AssignAnswer> answers = new HashMap<>();
            results.forEach(each -> answers.put(each.answer().device(), each.answer()));
            return answers;
        });
    }

    /** What one gateway says of itself must not keep the others from getting theirs, whatever it says. */
    private static Result signed(AssignmentSigner signer, AssignmentDraft draft, long above, Instant now) {
        try {
            SignedAssignment signed = sign(signer, draft, above, now);
            int length = signed.bytes().length;
            return length > MAX_DOCUMENT_BYTES
                    ? new Result(
                            unfit(draft.device(), "its assignment would have " + length + " bytes"), Optional.empty())
                    : new Result(
                            new AssignAnswer.Assigned(
                                    draft.device(), signed.assignment().version()),
                            Optional.of(signed));
        } catch (IllegalArgumentException | ArithmeticException e) {
            return new Result(unfit(draft.device(), String.valueOf(e.getMessage())), Optional.empty());
        }
    }

    private static AssignAnswer.Refused unfit(String device, String why) {
        return new AssignAnswer.Refused(device, ReleasesCode.REPORT_MALFORMED.name(), RefusedException.bounded(why));
    }

    /**
     * Signs what is assigned to a device once more, if it still ages or its keys speak for the director no more.
     *
     * @throws RefusedException {@code BELOW_FLOOR}: what the gateway would refuse is not signed, though it was once
     */
    void renew(String device) throws ReleasesException, RefusedException {
        renew(device, settings.get().lifetimes().assignment(), row -> row.ages(clock.instant()));
    }

    /** Signs what is assigned to a device once more for so long, if it is still as said or its keys speak for the director no more. */
    void renew(String device, Duration life, Predicate<AssignmentRow> wanted)
            throws ReleasesException, RefusedException {
        repositories.write((open, connection) -> {
            Instant now = clock.instant();
            RoleKeys keys = open.director().keys();
            Optional<AssignmentRow> row =
                    AssignmentRow.of(connection, device).filter(found -> wanted.test(found) || !found.signedBy(keys));
            if (row.isPresent()) {
                Assignment old = row.get().signed();
                FloorRule.of(open.releases()).demand(old.items(), new UnitFacts(device, old.model()), now);
                SignedAssignment next = sign(signer(open, life), AssignmentDraft.of(old), old.version(), now);
                AssignmentRow.write(connection, List.of(next), List.of(device));
            }
            return row.isPresent();
        });
    }

    /** Signs a mandate. */
    byte[] sign(Errand errand) throws ReleasesException, RefusedException {
        Instant now = clock.instant();
        Mandate mandate = new Mandate(
                errand.id(),
                errand.person(),
                errand.action(),
                errand.gateway(),
                errand.device(),
                errand.counter(),
                now,
                now.plus(errand.validFor()),
                errand.content());
        return repositories.read((open, connection) ->
                open.director().mandate(mandate, settings.get().place().keys()));
    }

    /** Who says what time it is; as the director's root and the keys are now. */
    TimeSigner time() throws ReleasesException, RefusedException {
        return repositories.read((open, connection) ->
                open.director().time(settings.get().place().keys()));
    }

    /** Whose signatures count, as the director's newest root says. */
    RoleKeys keys() throws ReleasesException, RefusedException {
        return repositories.read((open, connection) -> open.director().keys());
    }

    /** Whether the keys that are here are enough to speak for the director, as its newest root says. */
    boolean able() throws ReleasesException, RefusedException {
        return repositories.read((open, connection) ->
                open.director().keys().enough(settings.get().place().keys()));
    }

    /** Refuses if the keys that are here are too few to speak for the director, as signing would. */
    void requireKeys() throws ReleasesException, RefusedException {
        repositories.read(
                (open, connection) -> signer(open, settings.get().lifetimes().assignment()));
    }

    private AssignmentSigner signer(Repositories.Open open, Duration life) throws IOException {
        Settings now = settings.get();
        return open.director().signer(now.place().keys(), now.lifetimes().assigning(life));
    }

    private static SignedAssignment sign(AssignmentSigner signer, AssignmentDraft draft, long above, Instant now) {
        try {
            return signer.sign(draft, above, now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
