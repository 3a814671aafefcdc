package io.sekimori.simulator;

import io.sekimori.trust.Acceptance;
import io.sekimori.trust.MetadataSource;
import io.sekimori.trust.Release;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Takes one assignment after the other: verifies, downloads, waits as long as a swap takes, and reports. Thread-safe. */
final class Updating {

    private static final int FAULT_SECONDS = 60;

    private final Unit unit;
    private final Wire wire;
    private final ConsoleFiles console;
    private final Faults.Behaviour behaviour;
    private final int applySeconds;
    private final ScheduledExecutorService work;
    private final Tally tally;
    private final Log log;
    private final AtomicBoolean busy = new AtomicBoolean();

    Updating(
            Unit unit,
            Wire wire,
            ConsoleFiles console,
            Faults.Behaviour behaviour,
            int applySeconds,
            ScheduledExecutorService work,
            Tally tally,
            Log log) {
        this.unit = unit;
        this.wire = wire;
        this.console = console;
        this.behaviour = behaviour;
        this.applySeconds = applySeconds;
        this.work = work;
        this.tally = tally;
        this.log = log;
    }

    boolean isBusy() {
        return busy.get();
    }

    /** Takes this assignment unless another is being taken. */
    void begin(byte[] assignment, long version) {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        tally.count(Tally.Event.ASSIGNED);
        Update update = new Update(assignment.clone(), version, Instant.now(), System.nanoTime());
        if (behaviour == Faults.Behaviour.OFFLINE) {
            wire.disconnect();
            work.schedule(
                    () -> {
                        wire.connect();
                        take(update);
                    },
                    FAULT_SECONDS,
                    TimeUnit.SECONDS);
        } else {
            work.execute(() -> take(update));
        }
    }

    private record Update(byte[] assignment, long version, Instant began, long beganNanos) {}

    private void take(Update update) {
        try {
            long began = System.nanoTime();
            MetadataSource director = console.director();
            Acceptance verdict = unit.judge(
                    console.releases(),
                    (name, most) ->
                            name.equals("targets.json") ? Optional.of(update.assignment) : director.fetch(name, most));
            tally.took(Tally.Span.VERIFY, began);
            if (verdict instanceof Acceptance.Refused refused) {
                tally.count(Tally.Event.REFUSED);
                log.say(unit.serial() + ": " + refused.refusal());
                unit.refuse(update.version, refused.refusal().code().name(), update.began);
                finish(update);
                return;
            }
            Acceptance.Accepted accepted = (Acceptance.Accepted) verdict;
            wire.notify("progress", progress(update, 10), new byte[0]);
            for (Release release : unit.missing(accepted)) {
                console.download(release.sha256(), release.length());
                tally.count(Tally.Event.DOWNLOADED);
            }
            wire.notify("progress", progress(update, 60), new byte[0]);
            int seconds = applySeconds + (behaviour == Faults.Behaviour.SLOW ? FAULT_SECONDS : 0);
            work.schedule(() -> end(accepted, update), seconds, TimeUnit.SECONDS);
        } catch (IOException e) {
            tally.count(Tally.Event.UPDATE_FAILED);
            log.say(unit.serial() + ": " + e);
            unit.refuse(update.version, "DOWNLOAD_FAILED", update.began);
            finish(update);
        }
    }

    private static Map<String, Object> progress(Update update, int percent) {
        return Map.of("job.id", update.version, "status", "IN_PROGRESS", "progress", percent);
    }

    private void end(Acceptance.Accepted accepted, Update update) {
        if (behaviour == Faults.Behaviour.FAILING) {
            unit.revert(accepted, update.began);
            tally.count(Tally.Event.REVERTED);
        } else {
            unit.confirm(accepted, update.began);
            tally.count(Tally.Event.CONFIRMED);
        }
        finish(update);
    }

    private void finish(Update update) {
        busy.set(false);
        if (behaviour == Faults.Behaviour.SILENT) {
            return;
        }
        report("").ifPresent(sent -> sent.thenRun(() -> tally.took(Tally.Span.UPDATE, update.beganNanos)));
    }

    /** Sends a report; empty if none could be made. */
    Optional<CompletableFuture<?>> report(String nonce) {
        try {
            byte[] report = unit.report(nonce);
            return Optional.of(
                    wire.notify("report", Map.of(), report).thenRun(() -> tally.count(Tally.Event.REPORTED)));
        } catch (IOException e) {
            log.say(unit.serial() + ": " + e);
            return Optional.empty();
        }
    }
}
