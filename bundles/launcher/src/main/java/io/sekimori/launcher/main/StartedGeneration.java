package io.sekimori.launcher.main;

import io.sekimori.generation.Unit;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.launcher.StartReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The facts of the generation this process was started with. Immutable. */
record StartedGeneration(Unit of, Choice.Chosen chosen) implements RunningGeneration {

    @Override
    public int number() {
        return chosen.verified().generation().number();
    }

    @Override
    public Path unit() {
        return of.directory();
    }

    @Override
    public String slot() {
        return chosen.verified().generation().slot();
    }

    @Override
    public StartReason reason() {
        return chosen.reason();
    }

    @Override
    public Optional<String> fallBackCode() {
        return chosen.passedOver().stream().findFirst().map(passed -> passed.code());
    }

    @Override
    public int filesVerified() {
        return chosen.verified().files();
    }

    @Override
    public Duration verifyTime() {
        return chosen.verified().took();
    }

    @Override
    public Map<String, Map<String, Object>> configurations() {
        return chosen.verified().generation().configurations();
    }
}
