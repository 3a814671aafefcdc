package io.sekimori.rollouts.waves;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.releases.ReleasesException;
import io.sekimori.rollouts.Action;
import io.sekimori.rollouts.BundleChange;
import io.sekimori.rollouts.BundleChange.Kind;
import io.sekimori.rollouts.Counts;
import io.sekimori.rollouts.Draft;
import io.sekimori.rollouts.Limits;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutAnswer;
import io.sekimori.rollouts.RolloutAnswer.Accepted;
import io.sekimori.rollouts.RolloutAnswer.Refused;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.RolloutState;
import io.sekimori.rollouts.Selection;
import io.sekimori.rollouts.waves.Freezing.Frozen;
import io.sekimori.rollouts.waves.TargetRows.NewTarget;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What people order: each order is audited before anything is done, and its outcome afterwards. Thread-safe. */
final class Orders {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final String ACTION = "rollout.";

    private final WaveRecords records;
    private final Peers peers;
    private final Trace trace;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Orders(WaveRecords records, Peers peers, Trace trace, Clock clock) {
        this.records = records;
        this.peers = peers;
        this.trace = trace;
        this.clock = clock;
    }

    RolloutAnswer create(Draft draft, String actor) throws RolloutException {
        String id = newId();
        trace.allow(actor, ACTION + "create", id, Map.of("name", draft.name(), "changes", words(draft.changes())));
        Optional<Refused> unknown = unknownRelease(draft.changes());
        if (unknown.isPresent()) {
            return refused(actor, "create", id, unknown.get());
        }
        Frozen frozen = Freezing.gateways(draft.selection(), peers.fleet());
        if (frozen instanceof Frozen.Unfit unfit) {
            return refused(actor, "create", id, unfit.why());
        }
        List<NewTarget> targets = Freezing.waves(((Frozen.Gateways) frozen).ids(), draft.waves());
        Rollout made = records.write(connection -> add(connection, fresh(id, draft, actor), targets));
        trace.tell(actor, ACTION + "create", id, Verdict.DONE, "", Map.of("targets", Integer.toString(targets.size())));
        return new Accepted(made);
    }

    RolloutAnswer act(String id, Action action, OptionalLong revision, String actor) throws RolloutException {
        String word = action.name().toLowerCase(Locale.ROOT).replace('_', '-');
        trace.allow(actor, ACTION + word, id, Map.of());
        String undoing = newId();
        RolloutAnswer answer = records.write(connection -> {
            Optional<Rollout> found = RolloutRows.locked(connection, id);
            if (found.isEmpty()) {
                return new Refused(RolloutCode.ROLLOUT_UNKNOWN, id);
            }
            Rollout rollout = found.get();
            if (revision.isPresent() && revision.getAsLong() != rollout.revision()) {
                return new Refused(RolloutCode.CHANGED_MEANWHILE, id + " is at revision " + rollout.revision());
            }
            return switch (action) {
                case PAUSE -> pause(connection, rollout);
                case RESUME -> resume(connection, rollout);
                case STOP -> stop(connection, rollout);
                case ROLL_BACK -> rollBack(connection, rollout, undoing, actor);
            };
        });
        if (answer instanceof Refused refused) {
            return refused(actor, word, id, refused);
        }
        trace.tell(
                actor,
                ACTION + word,
                id,
                Verdict.DONE,
                "",
                Map.of("rollout", ((Accepted) answer).rollout().id()));
        return answer;
    }

    private static RolloutAnswer pause(Connection connection, Rollout rollout) throws SQLException {
        return rollout.state() == RolloutState.RUNNING || rollout.state() == RolloutState.AT_GATE
                ? moved(connection, rollout, RolloutState.PAUSED, rollout.wave())
                : impossible(rollout);
    }

    private static RolloutAnswer resume(Connection connection, Rollout rollout) throws SQLException {
        switch (rollout.state()) {
            case AT_GATE:
                return moved(connection, rollout, RolloutState.RUNNING, rollout.wave() + 1);
            case PAUSED:
                return moved(connection, rollout, RolloutState.RUNNING, rollout.wave());
            case HALTED:
                for (int wave = 1; wave <= rollout.wave(); wave++) {
                    WaveRows.bear(
                            connection, rollout.id(), wave, rollout.waves().get(wave - 1));
                }
                return moved(connection, rollout, RolloutState.RUNNING, rollout.wave());
            default:
                return impossible(rollout);
        }
    }

    private RolloutAnswer stop(Connection connection, Rollout rollout) throws SQLException {
        if (rollout.state().ended()) {
            return impossible(rollout);
        }
        TargetRows.cancelWaiting(connection, rollout.id(), clock.instant());
        return moved(connection, rollout, RolloutState.STOPPED, rollout.wave());
    }

    private RolloutAnswer rollBack(Connection connection, Rollout rollout, String undoing, String actor)
            throws SQLException {
        List<NewTarget> targets = TargetRows.undoing(connection, rollout.id());
        if (targets.isEmpty()) {
            return new Refused(RolloutCode.NOTHING_TO_ROLL_BACK, rollout.id());
        }
        if (!rollout.state().ended()) {
            TargetRows.cancelWaiting(connection, rollout.id(), clock.instant());
            RolloutRows.move(connection, rollout.id(), RolloutState.STOPPED, "", rollout.wave());
        }
        // Going back must not be held up by the conditions of going forward.
        Limits all = new Limits(targets.size(), targets.size(), targets.size(), targets.size(), 0);
        Rollout back = new Rollout(
                undoing,
                rollout.name(),
                RolloutState.RUNNING,
                "",
                rollout.changes(),
                Optional.empty(),
                all,
                true,
                rollout.silentAfter(),
                1,
                List.of(),
                Optional.of(rollout.id()),
                actor,
                clock.instant(),
                1);
        return new Accepted(add(connection, back, targets));
    }

    private static RolloutAnswer moved(Connection connection, Rollout rollout, RolloutState state, int wave)
            throws SQLException {
        RolloutRows.move(connection, rollout.id(), state, "", wave);
        return new Accepted(RolloutRows.one(connection, rollout.id()).orElseThrow());
    }

    private static Refused impossible(Rollout rollout) {
        return new Refused(RolloutCode.ACTION_IMPOSSIBLE, rollout.id() + " is " + rollout.state());
    }

    private static Rollout add(Connection connection, Rollout rollout, List<NewTarget> targets) throws SQLException {
        RolloutRows.add(connection, rollout);
        int waves = targets.get(targets.size() - 1).wave();
        for (int wave = 1; wave <= waves; wave++) {
            WaveRows.add(connection, rollout.id(), wave);
        }
        TargetRows.add(connection, rollout.id(), targets);
        return RolloutRows.one(connection, rollout.id()).orElseThrow();
    }

    private Rollout fresh(String id, Draft draft, String actor) {
        return new Rollout(
                id,
                draft.name(),
                RolloutState.RUNNING,
                "",
                draft.changes(),
                draft.selection() instanceof Selection.Matching matching
                        ? Optional.of(matching.filter())
                        : Optional.empty(),
                draft.limits(),
                draft.automatic(),
                draft.silentAfter(),
                1,
                List.<Counts>of(),
                Optional.empty(),
                actor,
                clock.instant(),
                1);
    }

    private Optional<Refused> unknownRelease(List<BundleChange> changes) throws RolloutException {
        try {
            for (BundleChange change : changes) {
                if (change.version().isPresent()
                        && Lookup.release(
                                        peers.releases(),
                                        change,
                                        change.version().get())
                                .isEmpty()) {
                    return Optional.of(new Refused(RolloutCode.RELEASE_UNKNOWN, words(List.of(change))));
                }
            }
            return Optional.empty();
        } catch (ReleasesException e) {
            throw new RolloutException(RolloutCode.RELEASES_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private RolloutAnswer refused(String actor, String word, String id, Refused refused) {
        trace.tell(
                actor, ACTION + word, id, Verdict.REFUSED, refused.code().name(), Map.of("detail", refused.detail()));
        return refused;
    }

    private static String words(List<BundleChange> changes) {
        String words = changes.stream()
                .map(change -> (change.kind() == Kind.BUNDLE
                                ? ""
                                : change.kind().name().toLowerCase(Locale.ROOT) + "/")
                        + change.symbolicName()
                        + change.version().map(version -> "/" + version).orElse(" removed")
                        + change.startLevel().stream()
                                .mapToObj(level -> "@" + level)
                                .collect(Collectors.joining()))
                .collect(Collectors.joining(", "));
        return words.length() > 1_900 ? words.substring(0, 1_900) + "…" : words;
    }

    private String newId() {
        StringBuilder id = new StringBuilder("r-");
        for (int i = 0; i < 12; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
