package io.sekimori.benchmarks.verification;

import io.sekimori.benchmarks.Benchmark;
import io.sekimori.benchmarks.Figure;
import io.sekimori.benchmarks.Folders;
import io.sekimori.benchmarks.Goal;
import io.sekimori.benchmarks.Rate;
import io.sekimori.benchmarks.Samples;
import io.sekimori.benchmarks.Setting;
import io.sekimori.benchmarks.maker.Feature;
import io.sekimori.benchmarks.maker.Maker;
import io.sekimori.benchmarks.maker.Part;
import io.sekimori.trust.Acceptance;
import io.sekimori.trust.KeyFile;
import io.sekimori.trust.Pack;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.UnitFacts;
import io.sekimori.trust.UpdateVerifier;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One Ed25519 signature, and all the trust that a pack needs, against the platform's own verification. */
public final class SignatureBenchmark implements Benchmark {

    /** Root, timestamp, snapshot and targets of the releases, root and targets of the director. */
    private static final int SIGNATURES = 6;

    private static final byte[] MESSAGE = new byte[2_000];
    private static final double MICROS = 1e6;
    private static final double MILLIS = 1e3;

    @Override
    public String name() {
        return "signatures";
    }

    @Override
    public String about() {
        return "Ed25519 and the acceptance of a pack, against the platform's verification";
    }

    @Override
    public List<Figure> measure(Setting setting) throws IOException {
        KeyFile key = KeyFile.create(setting.work().resolve("key.pem"));
        byte[] signature = key.sign(MESSAGE);
        PlatformVerification platform = new PlatformVerification(key.publicKey().publicValue(), MESSAGE, signature);
        PackToAccept pack = PackToAccept.make(setting);
        double seconds = setting.quick() ? 0.1 : 0.5;
        int rounds = setting.rounds(7, 2);
        List<Double> bare = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        List<Double> accepting = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            setting.progress().step("round " + (round + 1) + " of " + rounds);
            bare.add(MICROS / Rate.perSecond(seconds, platform::verify));
            ours.add(MICROS
                    / Rate.perSecond(seconds, () -> {
                        if (!key.publicKey().verifies(MESSAGE, signature)) {
                            throw new IOException("our own signature is refused");
                        }
                    }));
            accepting.add(pack.processorSeconds(setting.rounds(50, 3)) * MILLIS);
        }
        return List.of(
                new Figure(
                        "one Ed25519 signature of 2 kB verified",
                        "us",
                        new Samples(ours),
                        "the platform's verification, key decoded before",
                        new Samples(bare),
                        new Goal.None()),
                new Figure(
                        "both TUF clients accept a pack of " + pack.items() + " files, processor time",
                        "ms",
                        new Samples(accepting),
                        "the platform's verification of " + SIGNATURES + " signatures",
                        Samples.of(bare.stream().mapToDouble(micros -> micros * SIGNATURES / 1e3)),
                        new Goal.None()));
    }

    /** A pack with the gateway as shipped, and a unit that never saw one before. */
    private record PackToAccept(Maker maker, Path file, Path metadata, UnitFacts unit, int items) {

        static PackToAccept make(Setting setting) throws IOException {
            Maker maker = Maker.in(setting.work().resolve("maker"));
            List<Part> parts = new ArrayList<>(Feature.bundles(setting));
            parts.addAll(Part.slot(setting.slot()));
            String device = Sha256.hex(new byte[0]);
            maker.assign(device, parts, Map.of());
            Path file = maker.pack(device, setting.work().resolve("pack"));
            return new PackToAccept(
                    maker, file, setting.work().resolve("metadata"), new UnitFacts(device, Maker.MODEL), parts.size());
        }

        /** Of one acceptance, of this thread. */
        double processorSeconds(int times) throws IOException {
            var threads = ManagementFactory.getThreadMXBean();
            long nanos = 0;
            for (int i = 0; i < times; i++) {
                Folders.delete(metadata);
                long begin = threads.getCurrentThreadCpuTime();
                accept();
                nanos += threads.getCurrentThreadCpuTime() - begin;
            }
            return nanos / 1e9 / times;
        }

        private void accept() throws IOException {
            try (Pack pack = Pack.open(file)) {
                Acceptance answer = new UpdateVerifier(metadata, maker.releaseAnchor(), maker.directorAnchor())
                        .verify(pack, unit, Map.of(), Instant.now());
                if (answer instanceof Acceptance.Refused refused) {
                    throw new IOException("the pack is refused: " + refused);
                }
            }
        }
    }
}
