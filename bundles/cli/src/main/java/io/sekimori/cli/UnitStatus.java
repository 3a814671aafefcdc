package io.sekimori.cli;

import io.sekimori.audit.AuditVerification;
import io.sekimori.audit.chain.ChainFiles;
import io.sekimori.generation.Confirmed;
import io.sekimori.generation.GenerationVerifier;
import io.sekimori.generation.Nameplate;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.StartLog;
import io.sekimori.generation.StartReport;
import io.sekimori.generation.Support;
import io.sekimori.generation.Trial;
import io.sekimori.generation.Unit;
import io.sekimori.generation.Verification;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the disk of a unit tells about it, with or without a running gateway. Reads everything, changes nothing.
 *
 * @param nameplate model and serial number, if they can be read
 * @param confirmed the pointer
 * @param trial what is on trial
 * @param generation the confirmed generation, verified whole just now
 * @param start the report of the newest start
 * @param running whether the process of that start is alive
 * @param answering whether the gateway answers on its socket
 * @param transition the open transition
 * @param last the newest finished transition
 * @param audit the state of the audit chain
 * @param findings what somebody should know
 * @param supportEnds until when there are updates, as far as somebody said
 */
record UnitStatus(
        Optional<Nameplate> nameplate,
        Optional<Confirmed> confirmed,
        Optional<Trial> trial,
        Optional<Verification.Verified> generation,
        Optional<StartReport> start,
        boolean running,
        boolean answering,
        Optional<TransitionFile> transition,
        Optional<TransitionFile> last,
        AuditVerification audit,
        List<Finding> findings,
        Optional<Instant> supportEnds) {

    private static final int MAX_NAMEPLATE_BYTES = 64 * 1024;
    private static final Duration SUPPORT_SOON = Duration.ofDays(90);

    /** Whether nothing is red. */
    boolean green() {
        return findings.stream().noneMatch(Finding::red);
    }

    static UnitStatus read(Unit unit, Instant now) throws IOException {
        return new Reading(unit, now).status();
    }

    /** One look at a unit. Confined to one thread. */
    private static final class Reading {

        private final Unit unit;
        private final Instant now;
        private final List<Finding> findings = new ArrayList<>();

        Reading(Unit unit, Instant now) {
            this.unit = unit;
            this.now = now;
        }

        UnitStatus status() throws IOException {
            Optional<Confirmed> confirmed = read("POINTER_UNREADABLE", () -> new Pointer(unit).confirmed());
            Optional<Trial> trial = read("TRIAL_UNREADABLE", () -> new Pointer(unit).trial());
            Optional<StartReport> start = read(
                    "STATE_UNUSABLE", () -> new StartLog(unit).read().stream().findFirst());
            boolean alive = start.filter(report -> report.phase() != StartReport.Phase.STOPPED)
                    .flatMap(report -> ProcessHandle.of(report.pid()))
                    .filter(ProcessHandle::isAlive)
                    .isPresent();
            boolean answering = Control.answers(unit.controlSocket());
            findings.addAll(StartFindings.of(start, alive, answering));
            if (confirmed.isEmpty() && findings.stream().noneMatch(f -> f.code().equals("POINTER_UNREADABLE"))) {
                findings.add(Finding.red("POINTER_MISSING", unit.confirmedFile().toString()));
            }
            trial.ifPresent(on -> findings.add(
                    Finding.note("ON_TRIAL", "generation " + on.generation() + ", " + on.triesLeft() + " tries left")));
            Optional<Verification.Verified> generation = confirmed.flatMap(this::verified);
            Optional<TransitionFile> open = read("STATE_UNUSABLE", () -> TransitionFile.open(unit));
            Optional<TransitionFile> last = TransitionFile.last(unit);
            last.flatMap(TransitionFile::finding).ifPresent(findings::add);
            findings.addAll(ExpiryFindings.of(unit, confirmed, now));
            findings.addAll(CertificateFindings.of(unit, now));
            Optional<Instant> supportEnds =
                    confirmed.isPresent() ? Support.end(unit, confirmed.get().generation()) : Optional.empty();
            supportEnds.flatMap(this::support).ifPresent(findings::add);
            if (Files.isDirectory(unit.data("io.sekimori.keys.file"))) {
                findings.add(Finding.note("KEYS_IN_FILE", "data/io.sekimori.keys.file"));
            }
            AuditVerification audit = audit();
            findings.addAll(IntruderFindings.of(chain(), audit, start));
            return new UnitStatus(
                    nameplate(),
                    confirmed,
                    trial,
                    generation,
                    start,
                    alive,
                    answering,
                    open,
                    last,
                    audit,
                    findings,
                    supportEnds);
        }

        private Optional<Finding> support(Instant end) {
            if (end.isAfter(now.plus(SUPPORT_SOON))) {
                return Optional.empty();
            }
            return Optional.of(Finding.note(end.isAfter(now) ? "SUPPORT_ENDS_SOON" : "SUPPORT_ENDED", end.toString()));
        }

        private Optional<Nameplate> nameplate() throws IOException {
            return read("NO_NAMEPLATE", () -> {
                Optional<byte[]> bytes = DurableFile.read(unit.nameplate(), MAX_NAMEPLATE_BYTES);
                return bytes.isEmpty() ? Optional.empty() : Optional.of(Nameplate.parse(bytes.get()));
            });
        }

        private Optional<Verification.Verified> verified(Confirmed confirmed) {
            Verification found = new GenerationVerifier(unit).verify(confirmed.generation());
            if (found instanceof Verification.Refused refused) {
                findings.add(Finding.red(
                        refused.refusal().code().name(), refused.refusal().detail()));
                return Optional.empty();
            }
            return Optional.of((Verification.Verified) found);
        }

        private AuditVerification audit() {
            AuditVerification found = chain().verify();
            if (found instanceof AuditVerification.Broken broken) {
                findings.add(Finding.red(
                        broken.code().name(), broken.file() + " line " + broken.line() + ": " + broken.detail()));
            }
            return found;
        }

        private ChainFiles chain() {
            return new ChainFiles(unit.data(UnitAudit.WRITER));
        }

        private <T> Optional<T> read(String code, Source<T> source) throws IOException {
            try {
                return source.read();
            } catch (MalformedJson e) {
                findings.add(Finding.red(code, String.valueOf(e.getMessage())));
                return Optional.empty();
            }
        }
    }

    private interface Source<T> {
        Optional<T> read() throws IOException, MalformedJson;
    }
}
