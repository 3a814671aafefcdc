package io.sekimori.launcher.main;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.StartReport.PassedOver;
import io.sekimori.generation.Trial;
import io.sekimori.generation.Unit;
import io.sekimori.generation.Verification;
import io.sekimori.generation.Verification.Refused;
import io.sekimori.generation.Verification.Verified;
import io.sekimori.launcher.StartReason;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Picks the generation to start: the one on trial while it has tries left, else the confirmed one, else the fallback;
 * the first that verifies and whose slot this process runs from. A try is counted on the disk before anything else is
 * done with it.
 *
 * <p>Confined to the main thread; used once.
 */
final class GenerationChoice {

    private final Pointer pointer;
    private final Optional<OwnSlot> ownSlot;
    private final SlotsTried slotsTried;
    private final IntFunction<Verification> verifier;
    private final List<PassedOver> passedOver = new ArrayList<>();

    GenerationChoice(Unit unit, Optional<OwnSlot> ownSlot, SlotsTried slotsTried, IntFunction<Verification> verifier) {
        this.pointer = new Pointer(unit);
        this.ownSlot = ownSlot;
        this.slotsTried = slotsTried;
        this.verifier = verifier;
    }

    Choice choose() {
        Confirmed confirmed;
        try {
            Optional<Confirmed> found = pointer.confirmed();
            if (found.isEmpty()) {
                return new Choice.NoPointer(new Refusal(LauncherCode.POINTER_MISSING, "state/confirmed.json"));
            }
            confirmed = found.get();
        } catch (IOException | MalformedJson e) {
            return new Choice.NoPointer(
                    new Refusal(LauncherCode.POINTER_UNREADABLE, "state/confirmed.json: " + e.getMessage()));
        }
        Optional<Trial> trial = countedTrial(confirmed);
        if (trial.isPresent() && verified(trial.get().generation(), true) instanceof Found found) {
            return new Choice.Chosen(found.verified(), StartReason.TRIAL, trial, passedOver);
        }
        trial.ifPresent(this::spend);
        return firstOf(confirmed);
    }

    private Choice firstOf(Confirmed confirmed) {
        List<Integer> candidates = new ArrayList<>(List.of(confirmed.generation()));
        confirmed.fallback().ifPresent(candidates::add);
        for (int candidate : candidates) {
            Tried tried = verified(candidate, false);
            if (tried instanceof Found found) {
                StartReason reason = passedOver.isEmpty() ? StartReason.NORMAL : StartReason.FELL_BACK;
                return new Choice.Chosen(found.verified(), reason, Optional.empty(), passedOver);
            }
            if (tried instanceof NeedsSlot needs) {
                return new Choice.OtherSlot(candidate, needs.slot(), passedOver);
            }
        }
        return new Choice.NoneStartable(passedOver);
    }

    /** The trial with this start counted on the disk; empty if there is none to be started. */
    private Optional<Trial> countedTrial(Confirmed confirmed) {
        Optional<Trial> trial;
        try {
            trial = pointer.trial();
        } catch (IOException | MalformedJson e) {
            // Nobody knows which generation it was; 0 says so in the report.
            passedOver.add(new PassedOver(0, LauncherCode.TRIAL_UNREADABLE.name(), "state/trial.json"));
            return Optional.empty();
        }
        if (trial.isEmpty() || trial.get().generation() == confirmed.generation()) {
            return Optional.empty(); // it was committed and only its trial was not cleaned up
        }
        int generation = trial.get().generation();
        if (trial.get().triesLeft() == 0) {
            passOver(generation, LauncherCode.TRIES_USED_UP, "no try left");
            return Optional.empty();
        }
        Trial counted = trial.get().oneTryLess();
        try {
            pointer.record(counted);
        } catch (IOException e) {
            passOver(generation, LauncherCode.TRIES_UNWRITABLE, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
        return Optional.of(counted);
    }

    /** What verification refused will not get better: the start script must not pick this slot again. */
    private void spend(Trial trial) {
        try {
            pointer.record(trial.spent());
        } catch (IOException e) {
            passOver(trial.generation(), LauncherCode.STATE_UNUSABLE, "the trial could not be ended: " + e);
        }
    }

    private Tried verified(int generation, boolean onTrial) {
        Verification verification = verifier.apply(generation);
        if (verification instanceof Refused refused) {
            passedOver.add(new PassedOver(
                    generation,
                    refused.refusal().code().name(),
                    refused.refusal().detail()));
            return new No();
        }
        Verified verified = (Verified) verification;
        String slot = verified.generation().slot();
        if (ownSlot.isPresent() && ownSlot.get().isThatOf(slot, verified.slot())) {
            return new Found(verified);
        }
        if (slotsTried.contains(slot)) {
            passOver(generation, LauncherCode.SLOT_UNUSABLE, "slot " + slot);
            return new No();
        }
        // A trial is not worth a start of its own: the script had the same rule and could not use that slot.
        if (onTrial || ownSlot.isEmpty()) {
            passOver(generation, LauncherCode.OTHER_SLOT, "needs slot " + slot);
            return new No();
        }
        return new NeedsSlot(slot);
    }

    private void passOver(int generation, LauncherCode code, String detail) {
        passedOver.add(new PassedOver(generation, code.name(), new Refusal(code, detail).detail()));
    }

    private sealed interface Tried {}

    private record Found(Verified verified) implements Tried {}

    private record NeedsSlot(String slot) implements Tried {}

    private record No() implements Tried {}
}
