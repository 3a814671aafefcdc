package io.sekimori.launcher.main;

import io.sekimori.generation.GenerationCode;
import io.sekimori.generation.GenerationVerifier;
import io.sekimori.generation.StartReport.PassedOver;
import io.sekimori.generation.Unit;
import io.sekimori.trust.Refusal;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** From the command to the framework: checks the unit, takes its lock, and picks the generation. Confined to the main thread. */
final class GatewayProcess {

    private final Unit unit;
    private final RunOptions options;
    private final Lines lines;
    private final Stopping stopping;

    GatewayProcess(RunOptions options, Lines lines, Stopping stopping) {
        this.unit = new Unit(options.unit());
        this.options = options;
        this.lines = lines;
        this.stopping = stopping;
    }

    /** Runs until the gateway is stopped. */
    ExitCode run(long beganNanos) {
        if (!Files.isDirectory(unit.directory())) {
            return refuse(ExitCode.UNIT_UNREADABLE, LauncherCode.UNIT_UNREADABLE, "no folder " + unit.directory());
        }
        if (unit.directory().toString().contains(File.pathSeparator)) {
            return refuse(
                    ExitCode.UNIT_UNREADABLE,
                    LauncherCode.UNIT_UNREADABLE,
                    "a path with '" + File.pathSeparator + "' cannot be in a class path: " + unit.directory());
        }
        for (Path anchor : List.of(unit.releaseAnchor(), unit.directorAnchor())) {
            if (!Files.isReadable(anchor)) {
                lines.refused(new Refusal(GenerationCode.NO_TRUST_ROOT, anchor.toString()));
                return ExitCode.NO_TRUST_ROOT;
            }
        }
        try (UnitLock lock = UnitLock.take(unit).orElse(null)) {
            if (lock == null) {
                return refuse(
                        ExitCode.ALREADY_RUNNING,
                        LauncherCode.ALREADY_RUNNING,
                        unit.lockFile().toString());
            }
            Optional<OwnSlot> ownSlot = OwnSlot.find(unit, System.getProperty("java.class.path"));
            try (Preparation preparation = Preparation.begin(unit, ownSlot, stopping, lines)) {
                return locked(beganNanos, ownSlot, preparation);
            }
        } catch (IOException e) {
            return refuse(ExitCode.UNIT_UNREADABLE, LauncherCode.UNIT_UNREADABLE, e.toString());
        }
    }

    private ExitCode locked(long beganNanos, Optional<OwnSlot> ownSlot, Preparation preparation) throws IOException {
        StartRecorder recorder = new StartRecorder(
                unit,
                lines,
                beganNanos,
                Clock.systemUTC(),
                ownSlot.map(OwnSlot::id),
                new TrustFolders(unit, System.getProperty("user.name")).findings());
        recorder.takeLastWords();
        SlotsTried slotsTried = SlotsTried.read(unit);
        Choice choice = new GenerationChoice(unit, ownSlot, slotsTried, new GenerationVerifier(unit)::verify).choose();
        if (choice instanceof Choice.NoPointer none) {
            lines.refused(none.refusal());
            recorder.refused(List.of(new PassedOver(
                    0, none.refusal().code().name(), none.refusal().detail())));
            return ExitCode.UNIT_UNREADABLE;
        }
        if (choice instanceof Choice.NoneStartable none) {
            return noneStartable(none.passedOver(), recorder, slotsTried);
        }
        if (choice instanceof Choice.OtherSlot other) {
            return otherSlot(other, ownSlot.orElseThrow(), recorder, slotsTried);
        }
        Choice.Chosen chosen = (Choice.Chosen) choice;
        say(chosen.passedOver());
        handOver(slotsTried, recorder);
        checkJava(chosen, recorder);
        return new GatewayRun(unit, preparation, options, lines, stopping, recorder).run(chosen);
    }

    private ExitCode noneStartable(List<PassedOver> passedOver, StartRecorder recorder, SlotsTried slotsTried) {
        say(passedOver);
        handOver(slotsTried, recorder);
        recorder.refused(passedOver);
        return refuse(
                ExitCode.NO_STARTABLE_GENERATION,
                LauncherCode.NO_STARTABLE_GENERATION,
                passedOver.size() + " candidates were passed over");
    }

    /** The start script picks the slot, so another slot means another process; this one's is not to be picked again. */
    private ExitCode otherSlot(Choice.OtherSlot other, OwnSlot own, StartRecorder recorder, SlotsTried slotsTried) {
        say(other.passedOver());
        recorder.refused(other.passedOver());
        try {
            slotsTried.add(own.id());
        } catch (IOException e) {
            return refuse(ExitCode.NO_STARTABLE_GENERATION, LauncherCode.OTHER_SLOT, e.toString());
        }
        lines.say("generation " + other.generation() + " needs slot " + other.slot());
        return ExitCode.RESTART;
    }

    /** From here on a failure is the generation's, which its tries count, and no longer the slot's. */
    private static void handOver(SlotsTried slotsTried, StartRecorder recorder) {
        try {
            slotsTried.clear();
        } catch (IOException e) {
            recorder.find(LauncherCode.STATE_UNUSABLE, "slots-tried: " + e);
        }
    }

    private static void checkJava(Choice.Chosen chosen, StartRecorder recorder) throws IOException {
        Path slots = Path.of(chosen.verified().slot().java());
        Path ours = Path.of(System.getProperty("java.home")).toRealPath();
        if (!Files.isDirectory(slots) || !slots.toRealPath().equals(ours)) {
            recorder.find(LauncherCode.OTHER_JAVA, "runs on " + ours + ", the slot names " + slots);
        }
    }

    private void say(List<PassedOver> passedOver) {
        passedOver.forEach(
                each -> lines.say("generation " + each.generation() + ": " + each.code() + ": " + each.detail()));
    }

    private ExitCode refuse(ExitCode exit, LauncherCode code, String detail) {
        lines.refused(new Refusal(code, detail));
        return exit;
    }
}
