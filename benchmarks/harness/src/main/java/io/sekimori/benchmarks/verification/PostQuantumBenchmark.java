package io.sekimori.benchmarks.verification;

import io.sekimori.benchmarks.Benchmark;
import io.sekimori.benchmarks.Figure;
import io.sekimori.benchmarks.Goal;
import io.sekimori.benchmarks.Rate;
import io.sekimori.benchmarks.Samples;
import io.sekimori.benchmarks.Setting;
import io.sekimori.trust.KeyFile;
import io.sekimori.trust.KeyType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a post-quantum signature costs beside a classical one, as metadata has both. */
public final class PostQuantumBenchmark implements Benchmark {

    private static final byte[] MESSAGE = new byte[2_000];
    private static final double MICROS = 1e6;

    @Override
    public String name() {
        return "post-quantum";
    }

    @Override
    public String about() {
        return "signatures by ML-DSA-65, against Ed25519";
    }

    @Override
    public List<Figure> measure(Setting setting) throws IOException {
        Kind quantum = Kind.of(setting, KeyType.ML_DSA_65);
        Kind classical = Kind.of(setting, KeyType.ED25519);
        double seconds = setting.quick() ? 0.1 : 0.5;
        int rounds = setting.rounds(7, 2);
        for (Kind kind : List.of(quantum, classical)) {
            kind.verify(seconds); // warms up
            kind.sign(seconds);
        }
        List<List<Double>> samples = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            samples.add(new ArrayList<>());
        }
        for (int round = 0; round < rounds; round++) {
            setting.progress().step("round " + (round + 1) + " of " + rounds);
            samples.get(0).add(quantum.verify(seconds));
            samples.get(1).add(classical.verify(seconds));
            samples.get(2).add(quantum.sign(seconds));
            samples.get(3).add(classical.sign(seconds));
        }
        return List.of(
                figure("verified", samples.get(0), samples.get(1)), figure("made", samples.get(2), samples.get(3)));
    }

    private static Figure figure(String done, List<Double> quantum, List<Double> classical) {
        return new Figure(
                "one ML-DSA-65 signature of 2 kB " + done,
                "us",
                new Samples(quantum),
                "one Ed25519 signature " + done,
                new Samples(classical),
                new Goal.None());
    }

    /** A key and what it signed; both take microseconds. */
    private record Kind(KeyFile key, byte[] signature) {

        static Kind of(Setting setting, KeyType type) throws IOException {
            KeyFile key = KeyFile.create(setting.work().resolve(type.word() + ".pem"), type);
            return new Kind(key, key.sign(MESSAGE));
        }

        double verify(double seconds) throws IOException {
            return MICROS
                    / Rate.perSecond(seconds, () -> {
                        if (!key.publicKey().verifies(MESSAGE, signature)) {
                            throw new IOException("our own signature is refused");
                        }
                    });
        }

        double sign(double seconds) throws IOException {
            return MICROS / Rate.perSecond(seconds, () -> key.sign(MESSAGE));
        }
    }
}
