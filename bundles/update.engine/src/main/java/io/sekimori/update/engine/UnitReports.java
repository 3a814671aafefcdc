package io.sekimori.update.engine;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import io.sekimori.generation.Nameplate;
import io.sekimori.generation.StartLog;
import io.sekimori.generation.Unit;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.keys.PublicKeyFacts;
import io.sekimori.launcher.Unadmitted;
import io.sekimori.trust.ApprovalDemand;
import io.sekimori.trust.ApprovalPolicy;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Sequence;
import io.sekimori.trust.SignedReport;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.UnitReport;
import io.sekimori.trust.UpdateVerifier;
import io.sekimori.update.Reason;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.UpdateCode;
import io.sekimori.update.UpdateException;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this unit says of itself, signed. Every hash is read from the disk for it: nothing is said because it was true once.
 * Thread-safe; one is made at a time.
 */
final class UnitReports {

    private final Surroundings around;
    private final Present present;
    private final Reports transitions;
    private final Sequence sequence;
    private ForgeryCount forged = ForgeryCount.NONE;

    UnitReports(Surroundings around, Present present, Reports transitions) {
        this.around = around;
        this.present = present;
        this.transitions = transitions;
        this.sequence = new Sequence(around.unit().data(around.engine()).resolve("report-sequence"), around.clock());
    }

    synchronized byte[] make(String nonce) throws UpdateException {
        try {
            Keys keys = around.capabilities()
                    .keys()
                    .orElseThrow(() -> new Stopped(UpdateCode.KEYS_UNAVAILABLE, "no keys service is there"));
            PublicKeyFacts device = keys.publicKey(Keys.DEVICE)
                    .orElseThrow(() -> new Stopped(UpdateCode.KEYS_UNAVAILABLE, "there is no device key"));
            UnitReport report = report(device.id(), nonce);
            return SignedReport.sign(
                    report,
                    device.algorithm().name(),
                    device.key().getEncoded(),
                    message -> keys.sign(Keys.DEVICE, message));
        } catch (Stopped e) {
            throw new UpdateException(e.reason(), e);
        } catch (KeyException e) {
            throw new UpdateException(Reason.of(UpdateCode.KEYS_UNAVAILABLE, e.getMessage()), e);
        }
    }

    private UnitReport report(String device, String nonce) throws Stopped {
        List<String> findings = new ArrayList<>();
        State state = state(findings);
        fellBack(state).ifPresent(findings::add);
        UnitReport.Running running = running(state, findings);
        for (Unadmitted bundle : around.launcher().admission().unadmitted()) {
            findings.add("UNADMITTED " + bundle.symbolicName() + "/" + bundle.version());
        }
        List<TransitionReport> recent = transitions.newest();
        ForgeryCount forged = forged(findings);
        findings.addAll(Attacks.seen(recent, around.clock().instant()));
        findings.addAll(forged.lines(around.clock().instant()));
        Nameplate nameplate = nameplate();
        return new UnitReport(
                device,
                nameplate.model(),
                nameplate.serial(),
                running,
                trusted(),
                recent.stream().findFirst().map(UnitReports::last),
                findings,
                around.clock().instant().truncatedTo(ChronoUnit.MILLIS),
                next(),
                nonce,
                new UnitReport.Noted(
                        transitions.attacks(recent) + forged.total(), belowFloor(state), Optional.of(demand())));
    }

    /** A disk that fails for a moment is no reason to tell of fewer than before. */
    private ForgeryCount forged(List<String> findings) {
        try {
            forged = ForgeryCount.read(around.unit().data(around.engine()));
        } catch (IOException e) {
            findings.add(UpdateCode.STATE_UNREADABLE + " the count of forgeries cannot be read");
        }
        return forged;
    }

    /** What people have to approve here, as the trust roots say; no cause not to report. */
    private ApprovalDemand demand() {
        try {
            return ApprovalPolicy.read(around.unit().trust().resolve(ApprovalPolicy.FILE))
                    .map(ApprovalDemand::of)
                    .orElse(ApprovalDemand.NOTHING);
        } catch (TrustException e) {
            return ApprovalDemand.UNREADABLE;
        }
    }

    /** @param running empty if what runs is no generation, which is a finding */
    private record State(Confirmed confirmed, Optional<Generation> running) {

        List<GenerationBundle> bundles() {
            return running.map(Generation::bundles).orElse(List.of());
        }
    }

    private State state(List<String> findings) throws Stopped {
        try {
            Present.Now now = present.now();
            return new State(now.confirmed(), Optional.of(now.generation()));
        } catch (Stopped e) {
            findings.add(e.reason().code() + " " + e.reason().detail());
            return new State(present.confirmed(), Optional.empty());
        }
    }

    // What is confirmed did not start, so what was replaced runs again: the start log says what was wrong with it.
    private Optional<String> fellBack(State state) {
        int confirmed = state.confirmed().generation();
        if (state.running().filter(one -> one.number() < confirmed).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("FELL_BACK generation " + confirmed + ": " + passedOver(confirmed));
    }

    private String passedOver(int generation) {
        try {
            return new StartLog(around.unit())
                    .read().stream()
                            .findFirst()
                            .flatMap(start -> start.passedOver().stream()
                                    .filter(each -> each.generation() == generation)
                                    .findFirst())
                            .map(each -> each.code() + " " + each.detail())
                            .orElse("the start log does not say why");
        } catch (IOException | MalformedJson | IllegalArgumentException e) {
            return UpdateCode.STATE_UNREADABLE + " the start log cannot be read: " + e.getMessage();
        }
    }

    /** What runs below its floor; only a permit lets it come to that. */
    private static List<String> belowFloor(State state) {
        Map<String, Long> floors = state.confirmed().floors();
        return state.bundles().stream()
                .filter(bundle -> bundle.counter() < floors.getOrDefault(bundle.symbolicName(), 0L))
                .map(bundle ->
                        bundle.name() + " counter " + bundle.counter() + ", floor " + floors.get(bundle.symbolicName()))
                .toList();
    }

    private UnitReport.Running running(State state, List<String> findings) {
        Optional<Generation> running = state.running();
        FoundFiles found = new FoundFiles(around.unit(), findings);
        List<UnitReport.Item> bundles = new ArrayList<>();
        for (GenerationBundle bundle : state.bundles()) {
            bundles.add(found.bundle(bundle));
        }
        return new UnitReport.Running(
                running.map(Generation::number).orElse(0),
                state.confirmed().generation(),
                running.map(Generation::assignmentVersion).orElse(0L),
                bundles,
                running.isPresent() ? found.slot(running.get()) : List.of(),
                running.map(Generation::configurations).orElse(Map.of()));
    }

    private Nameplate nameplate() throws Stopped {
        try {
            return Nameplate.parse(Acceptor.read(around.unit().nameplate()));
        } catch (MalformedJson e) {
            throw new Stopped(UpdateCode.STATE_UNREADABLE, "trust/unit.json", e);
        }
    }

    private UnitReport.Trusted trusted() throws Stopped {
        Unit unit = around.unit();
        try {
            return new UpdateVerifier(
                            unit.metadata(), Acceptor.read(unit.releaseAnchor()), Acceptor.read(unit.directorAnchor()))
                    .trusted();
        } catch (IOException e) {
            throw new Stopped(UpdateCode.STATE_UNREADABLE, "the trusted metadata cannot be read", e);
        }
    }

    private long next() throws Stopped {
        try {
            return sequence.next();
        } catch (IOException e) {
            throw new Stopped(UpdateCode.REPORT_UNWRITABLE, "the sequence number cannot be kept", e);
        }
    }

    private static UnitReport.Last last(TransitionReport report) {
        Reason reason = ReportJson.reason(report.outcome());
        boolean none = reason.equals(ReportJson.NO_REASON);
        return new UnitReport.Last(
                report.id(),
                report.from(),
                report.to(),
                report.assignment(),
                ReportJson.name(report.outcome()),
                report.outcome().running(),
                none ? "" : reason.code(),
                none ? "" : reason.detail(),
                report.origin().person(),
                report.origin().channel(),
                report.started(),
                report.ended(),
                report.offlineStale(),
                report.swaps().stream()
                        .map(swap -> new UnitReport.Swapped(
                                swap.symbolicName(),
                                swap.action().name(),
                                swap.gap().toNanos() / 1000,
                                swap.took().toNanos() / 1000))
                        .toList());
    }
}
