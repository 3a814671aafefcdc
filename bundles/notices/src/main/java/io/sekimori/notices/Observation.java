package io.sekimori.notices;

import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.Gateway;
import io.sekimori.releases.RepositoryState;
import io.sekimori.rollouts.BundleChange;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutState;
import io.sekimori.update.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which facts follow from what the console knows. Pure. */
final class Observation {

    /** What waits for a person beside that: the gateway's own rules keep it out until somebody changes or brings it. */
    static final Set<String> BY_ITS_RULES = Set.of("UPDATES_DISABLED", "ORIGIN_NOT_ALLOWED", "ROLLBACK_NOT_ALLOWED");

    private static final int MOST_NAMED = 10;

    private Observation() {}

    /** That a rollout began, with what its update removes and interrupts. */
    static Fact available(Rollout rollout, Foretelling foretelling) {
        return available(rollout, foretelling.of(rollout.changes()) + " ");
    }

    // What it interrupts comes before the words, which are the longest: what does not fit is cut off.
    private static Fact available(Rollout rollout, String words) {
        return new Fact(
                Kind.UPDATE_AVAILABLE,
                rollout.id(),
                rollout.id() + " " + rollout.name(),
                rollout.counts().total() + " x " + named(rollout.changes()) + ". " + words);
    }

    private static List<String> named(List<BundleChange> changes) {
        return changes.stream()
                .limit(MOST_NAMED)
                .map(change -> change.symbolicName() + " " + change.version().orElse("-"))
                .toList();
    }

    /** @param since what began before is no news, but for what still stands still */
    static List<Fact> of(Rollout rollout, Instant since) {
        List<Fact> facts = new ArrayList<>();
        String subject = rollout.id() + " " + rollout.name();
        if (!rollout.created().isBefore(since)) {
            facts.add(available(rollout, ""));
        }
        boolean ended =
                rollout.state() == RolloutState.STOPPED && !rollout.created().isBefore(since);
        if (ended || rollout.state() == RolloutState.HALTED) {
            facts.add(new Fact(
                    Kind.ROLLOUT_STOPPED,
                    rollout.id() + " " + rollout.revision(),
                    subject,
                    rollout.state() + " " + rollout.reason()));
        }
        return facts;
    }

    /** @param language of the words about what there is to do */
    static List<Fact> of(Gateway gateway, DeviceReport report, Locale language) {
        List<Fact> facts = new ArrayList<>();
        String subject = gateway.id() + " " + gateway.serial();
        report.transition()
                .filter(last -> last.outcome() == DeviceReport.Outcome.REFUSED && forPerson(last.code()))
                .ifPresent(last -> facts.add(new Fact(
                        Kind.WAITS_FOR_PERSON,
                        gateway.id() + " " + last.assignment() + " " + last.code(),
                        subject,
                        ToDo.of(last, gateway.id(), language))));
        if (report.noted().attacks() > 0) {
            facts.add(new Fact(
                    Kind.ATTACK_REPORTED,
                    gateway.id() + " " + gateway.deviceKey().orElse("") + " "
                            + report.noted().attacks(),
                    subject,
                    String.join("; ", report.findings())));
        }
        return facts;
    }

    private static boolean forPerson(String code) {
        return BY_ITS_RULES.contains(code)
                || Waiting.of(code).filter(Waiting::forPerson).isPresent();
    }

    /** @param before so long before the end it is told */
    static List<Fact> of(RepositoryState state, Duration before, Instant now) {
        List<Fact> facts = new ArrayList<>();
        state.roles().forEach((role, signed) -> expiring(facts, role, signed, before, now));
        state.publishers()
                .forEach(publisher -> publisher
                        .published()
                        .ifPresent(signed -> expiring(facts, "publisher " + publisher.role(), signed, before, now)));
        return facts;
    }

    // The console itself signs snapshot and timestamp, every day: what is wrong with that its health says.
    private static void expiring(
            List<Fact> facts, String role, RepositoryState.Signed signed, Duration before, Instant now) {
        if (!role.equals("snapshot")
                && !role.equals("timestamp")
                && !now.isBefore(signed.expires().minus(before))) {
            facts.add(new Fact(
                    Kind.METADATA_EXPIRES,
                    role + " " + signed.version(),
                    role,
                    signed.expires().toString()));
        }
    }
}
