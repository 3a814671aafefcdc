package io.sekimori.releases.repository;

import io.sekimori.releases.AssignAnswer;
import io.sekimori.releases.Errand;
import io.sekimori.releases.Order;
import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.Assignment;
import io.sekimori.trust.AssignmentDraft;
import io.sekimori.trust.AssignmentSigner;
import io.sekimori.trust.Mandate;
import io.sekimori.trust.SignedAssignment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Composes and signs assignments: many in one transaction, on all processors. Thread-safe. */
final class Signing {

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
        List<AssignAnswer> answers(Map<String, Long> signed) {
            List<AssignAnswer> answers = new ArrayList<>(orders.size());
            for (Order order : orders) {
                AssignAnswer.Refused refused = refusals.get(order.device());
                answers.add(
                        refused == null
                                ? new AssignAnswer.Assigned(order.device(), signed.get(order.device()))
                                : refused);
            }
            return answers;
        }
    }

    /** Refuses what cannot be assigned, and drafts the rest. */
    Composition compose(List<Order> orders, Parallel parallel) throws ReleasesException, RefusedException {
        Composer composer = new Composer(Catalog.of(
                repositories.read((open, connection) -> open.releases().facts().releases())));
        List<Object> results = parallel.map(orders, order -> {
            try {
                return composer.compose(order);
            } catch (RefusedException e) {
                return new AssignAnswer.Refused(order.device(), e.code(), e.detail());
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

    /** Signs every draft; the versions by device. */
    Map<String, Long> sign(Composition composition, Parallel parallel) throws ReleasesException, RefusedException {
        List<Composer.Composed> drafts = List.copyOf(composition.drafts().values());
        List<String> devices = List.copyOf(composition.drafts().keySet());
        return repositories.write((open, connection) -> {
            AssignmentSigner signer = signer(open);
            Instant now = clock.instant();
            Map<String, Long> before = AssignmentRow.versions(connection, devices);
            List<SignedAssignment> signed = parallel.map(drafts, composed -> {
                long known = before.getOrDefault(composed.draft().device(), 0L);
                return sign(signer, composed.draft(), Math.max(known, composed.above()), now);
            });
            AssignmentRow.write(connection, signed, before.keySet());
            Map<String, Long> versions = new HashMap<>();
            signed.forEach(each ->
                    versions.put(each.assignment().device(), each.assignment().version()));
            return versions;
        });
    }

    /** Signs what is assigned to a device once more, if it still ages. */
    void renew(String device) throws ReleasesException, RefusedException {
        repositories.write((open, connection) -> {
            Instant now = clock.instant();
            Optional<AssignmentRow> row = AssignmentRow.of(connection, device).filter(each -> each.ages(now));
            if (row.isPresent()) {
                Assignment old = SignedAssignment.read(row.get().document().getBytes(StandardCharsets.UTF_8))
                        .assignment();
                AssignmentDraft draft = new AssignmentDraft(device, old.model(), old.items(), old.configurations());
                SignedAssignment next = sign(signer(open), draft, old.version(), now);
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

    private AssignmentSigner signer(Repositories.Open open) throws IOException {
        Settings now = settings.get();
        return open.director().signer(now.place().keys(), now.lifetimes());
    }

    private static SignedAssignment sign(AssignmentSigner signer, AssignmentDraft draft, long above, Instant now) {
        try {
            return signer.sign(draft, above, now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
