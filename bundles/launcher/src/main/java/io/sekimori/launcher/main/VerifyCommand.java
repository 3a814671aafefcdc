package io.sekimori.launcher.main;

import io.sekimori.generation.GenerationCode;
import io.sekimori.generation.GenerationVerifier;
import io.sekimori.generation.Unit;
import io.sekimori.generation.Verification;
import io.sekimori.launcher.Rehearsed;
import io.sekimori.trust.JsonText;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Verifies one generation with this launcher and this Java runtime, as the start of it would, and resolves it from empty.
 * Prints one JSON object; changes nothing on the unit.
 */
record VerifyCommand(Unit unit, int generation, PrintStream out, Lines lines) {

    ExitCode run() {
        Verification verification = new GenerationVerifier(unit).verify(generation);
        if (verification instanceof Verification.Refused refused) {
            boolean noRoot = refused.refusal().code() == GenerationCode.NO_TRUST_ROOT;
            print(
                    refused.refusal().code().name(),
                    Map.of("detail", refused.refusal().detail()));
            return noRoot ? ExitCode.NO_TRUST_ROOT : ExitCode.NO_STARTABLE_GENERATION;
        }
        Verification.Verified verified = (Verification.Verified) verification;
        Optional<OwnSlot> ownSlot = OwnSlot.find(unit, System.getProperty("java.class.path"));
        String slot = verified.generation().slot();
        if (ownSlot.filter(own -> own.isThatOf(slot, verified.slot())).isEmpty()) {
            return refuse(LauncherCode.OTHER_SLOT, "needs slot " + slot);
        }
        return rehearse(verified);
    }

    private ExitCode rehearse(Verification.Verified verified) {
        Rehearsed rehearsed;
        try {
            SecondFramework second = new SecondFramework(unit, Scratch.of(unit, System.getenv()), lines);
            rehearsed = second.rehearse(OptionalInt.empty(), generation);
        } catch (IOException e) {
            return refuse(LauncherCode.REHEARSAL_FAILED, e.toString());
        }
        if (rehearsed instanceof Rehearsed.Resolved resolved) {
            print(
                    "VERIFIED",
                    Map.of(
                            "files", (long) verified.files(),
                            "bytes", verified.bytes(),
                            "verifyMillis", verified.took().toMillis(),
                            "slot", verified.generation().slot(),
                            "java", Runtime.version().toString(),
                            "wiring", resolved.cold().wires()));
            return ExitCode.OK;
        }
        if (rehearsed instanceof Rehearsed.Unresolved unresolved) {
            return refuse(LauncherCode.UNRESOLVED, String.join("; ", unresolved.reasons()));
        }
        return refuse(LauncherCode.REHEARSAL_FAILED, ((Rehearsed.Failed) rehearsed).detail());
    }

    private ExitCode refuse(LauncherCode code, String detail) {
        print(code.name(), Map.of("detail", detail));
        return ExitCode.NO_STARTABLE_GENERATION;
    }

    private void print(String verdict, Map<String, ?> more) {
        Map<String, Object> json = new TreeMap<>(more);
        json.put("format", 1L);
        json.put("generation", (long) generation);
        json.put("verdict", verdict);
        byte[] bytes = JsonText.bytes(json);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }
}
