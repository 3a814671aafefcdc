package io.sekimori.benchmarks.verification;

import io.sekimori.benchmarks.Rate;
import io.sekimori.benchmarks.Setting;
import io.sekimori.benchmarks.maker.Edition;
import io.sekimori.benchmarks.maker.Feature;
import io.sekimori.benchmarks.maker.Maker;
import io.sekimori.benchmarks.maker.Part;
import io.sekimori.benchmarks.maker.UnitMaker;
import io.sekimori.generation.GenerationVerifier;
import io.sekimori.generation.Unit;
import io.sekimori.generation.Verification;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.Swap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** The gateway as shipped with bigger files beside it, on a unit; and as many bytes in memory. */
record GenerationToVerify(Unit unit, byte[] block, int files, long bytes, int threads) {

    static final int BALLAST_FILES = 4;

    static GenerationToVerify make(Setting setting, byte[] block) throws IOException {
        Maker maker = Maker.in(setting.work().resolve("maker"));
        List<Part> parts = new ArrayList<>(Feature.bundles(setting));
        for (int i = 0; i < BALLAST_FILES; i++) {
            Path jar =
                    Edition.ballast("io.sekimori.benchmarks.ballast" + i, block).into(setting.work());
            parts.add(Part.bundle(jar, 9, Swap.OVERLAP, 1));
        }
        parts.addAll(Part.slot(setting.slot()));
        UnitMaker unitMaker = UnitMaker.in(setting.work().resolve("unit"), maker);
        maker.assign(unitMaker.device(), parts, Map.of());
        Path pack = maker.pack(unitMaker.device(), setting.work().resolve("pack"));
        unitMaker.make(pack, setting.home().resolve("distrib/bin/sekimori-gateway"));
        Unit unit = unitMaker.unit();
        Verification.Verified verified = verified(unit);
        return new GenerationToVerify(
                unit,
                block,
                verified.files(),
                verified.bytes(),
                Math.min(4, Runtime.getRuntime().availableProcessors()));
    }

    /** Bytes per second. */
    double verify(double atLeastSeconds) throws IOException {
        return Rate.perSecond(atLeastSeconds, () -> verified(unit)) * bytes;
    }

    /** Bytes per second, on as many threads as the verifier takes. */
    double hashInMemory(double atLeastSeconds) throws IOException {
        return Rate.perSecond(
                        atLeastSeconds,
                        () -> IntStream.range(0, threads)
                                .mapToObj(thread -> CompletableFuture.runAsync(
                                        () -> Sha256.digest().digest(block)))
                                .toList()
                                .forEach(CompletableFuture::join))
                * block.length
                * threads;
    }

    private static Verification.Verified verified(Unit unit) throws IOException {
        Verification answer = new GenerationVerifier(unit).verify(1);
        if (answer instanceof Verification.Verified verified) {
            return verified;
        }
        throw new IOException("the generation is refused: " + answer);
    }
}
