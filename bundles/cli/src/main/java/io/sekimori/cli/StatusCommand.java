package io.sekimori.cli;

import io.sekimori.audit.AuditVerification;
import io.sekimori.control.socket.ControlClient;
import io.sekimori.control.socket.ControlException;
import io.sekimori.generation.StartReport;
import io.sekimori.generation.Unit;
import io.sekimori.generation.Verification;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sekimori status}: what runs, and why it is red. Works from the disk, so that a dead gateway can be asked. */
@Command(name = "status")
final class StatusCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private UnitOption place;

    @Mixin
    private JsonOption json;

    StatusCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure, MalformedJson {
        Unit unit = place.of(shell);
        UnitStatus status = UnitStatus.read(unit, shell.clock().instant());
        Optional<JsonObject> now = status.answering() ? now(unit) : Optional.empty();
        if (json.wanted()) {
            Map<String, Object> document = document(unit, status, shell.messages());
            now.ifPresent(seen -> document.put("now", seen.asMap()));
            shell.json(document);
        } else {
            print(unit, status);
            if (now.isPresent()) {
                shell.tell("status.now", now.get().string("at"));
                StatusText.print(now.get(), shell);
            }
        }
        return (status.green() ? ExitCode.OK : ExitCode.REFUSED).number();
    }

    /** What a gateway that runs sees of itself; empty if it has nothing that looks. */
    private static Optional<JsonObject> now(Unit unit) {
        try {
            ControlClient.Reply reply =
                    new ControlClient(unit.controlSocket(), Duration.ZERO).ask("status.show", Map.of());
            return reply instanceof ControlClient.Reply.Answer answer
                    ? Optional.of(answer.members())
                    : Optional.empty();
        } catch (ControlException e) {
            return Optional.empty(); // it went away just now; the disk is shown
        }
    }

    private void print(Unit unit, UnitStatus status) {
        shell.tell(status.green() ? "status.green" : "status.red", unit.directory());
        status.nameplate().ifPresent(plate -> shell.tell("status.nameplate", plate.model(), plate.serial()));
        status.supportEnds().ifPresent(end -> shell.tell("status.support", end));
        status.confirmed()
                .ifPresent(confirmed -> shell.tell(
                        "status.confirmed",
                        confirmed.generation(),
                        confirmed.fallback().map(String::valueOf).orElse("-")));
        status.generation().ifPresent(this::print);
        status.start().ifPresent(start -> print(status, start));
        status.transition()
                .ifPresent(open -> shell.tell(
                        "status.transition",
                        open.from(),
                        open.to(),
                        open.phase().orElse("?")));
        status.last()
                .ifPresent(last -> shell.tell(
                        "status.last", last.from(), last.to(), last.outcome().orElse("?"), last.endedSecond()));
        if (status.audit() instanceof AuditVerification.Intact intact) {
            shell.tell("status.audit", intact.records());
        }
        for (Finding finding : status.findings()) {
            shell.tell(finding.red() ? "status.redFinding" : "status.note", finding.code(), finding.detail());
            finding.advice(shell.messages())
                    .ifPresent(advice -> shell.say(shell.messages().text("status.advice", advice)));
        }
    }

    private void print(Verification.Verified verified) {
        shell.tell(
                "status.generation",
                verified.generation().bundles().size(),
                verified.files(),
                verified.bytes(),
                verified.took().toMillis());
    }

    private void print(UnitStatus status, StartReport start) {
        shell.tell(
                status.running() ? "status.running" : "status.notRunning",
                start.generation().map(String::valueOf).orElse("-"),
                start.at(),
                start.readyTime().toMillis(),
                start.filesVerified(),
                start.pid());
    }

    /** All of it, as {@code --json} shows it and the support bundle keeps it. */
    static Map<String, Object> document(Unit unit, UnitStatus status, Messages messages) {
        Map<String, Object> document = new TreeMap<>();
        document.put("unit", unit.directory().toString());
        document.put("green", status.green());
        document.put("running", status.running());
        document.put("answering", status.answering());
        status.supportEnds().ifPresent(end -> document.put("supportEnds", end.toString()));
        status.nameplate().ifPresent(plate -> {
            document.put("model", plate.model());
            document.put("serial", plate.serial());
        });
        status.confirmed().ifPresent(confirmed -> {
            document.put("generation", confirmed.generation());
            confirmed.fallback().ifPresent(fallback -> document.put("fallback", fallback));
            document.put("floors", confirmed.floors());
        });
        status.trial()
                .ifPresent(trial -> document.put(
                        "trial", Map.of("generation", trial.generation(), "triesLeft", trial.triesLeft())));
        status.generation().ifPresent(verified -> document.put("verified", document(verified)));
        status.start().ifPresent(start -> document.put("start", document(start)));
        status.transition().ifPresent(open -> document.put("transition", open.document()));
        status.last().ifPresent(last -> document.put("lastTransition", last.document()));
        document.put("audit", AuditText.document(status.audit()));
        document.put(
                "findings",
                status.findings().stream()
                        .map(finding -> finding.document(messages))
                        .toList());
        return document;
    }

    private static Map<String, Object> document(Verification.Verified verified) {
        return Map.of(
                "files", verified.files(),
                "bytes", verified.bytes(),
                "micros", verified.took().toNanos() / 1000,
                "bundles", verified.generation().bundles().size(),
                "assignment", verified.generation().assignmentVersion(),
                "slot", verified.generation().slot());
    }

    private static Map<String, Object> document(StartReport start) {
        Map<String, Object> document = new TreeMap<>();
        document.put("at", start.at().toString());
        document.put("pid", start.pid());
        document.put("phase", start.phase().name());
        start.generation().ifPresent(number -> document.put("generation", number));
        start.reason().ifPresent(reason -> document.put("reason", reason));
        document.put("java", start.java());
        document.put("filesVerified", start.filesVerified());
        document.put("verifyMillis", start.verifyTime().toMillis());
        document.put("readyMillis", start.readyTime().toMillis());
        return document;
    }
}
