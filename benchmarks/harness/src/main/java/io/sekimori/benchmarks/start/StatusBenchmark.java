package io.sekimori.benchmarks.start;

import io.sekimori.benchmarks.Benchmark;
import io.sekimori.benchmarks.Figure;
import io.sekimori.benchmarks.Goal;
import io.sekimori.benchmarks.Rate;
import io.sekimori.benchmarks.Samples;
import io.sekimori.benchmarks.Setting;
import io.sekimori.benchmarks.maker.Feature;
import io.sekimori.benchmarks.maker.Maker;
import io.sekimori.benchmarks.maker.Part;
import io.sekimori.generation.GenerationVerifier;
import io.sekimori.generation.Verification;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.Swap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A signed status of the whole gateway: each file hashed, health asked, numbered on disk, signed. Against SHA-256 of as many bytes. */
public final class StatusBenchmark implements Benchmark {

    private static final int STATUSES = 20;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "status";
    }

    @Override
    public String about() {
        return "one signed status of the whole gateway, against SHA-256 of its files in memory";
    }

    @Override
    public List<Figure> measure(Setting setting) throws IOException, InterruptedException {
        List<Part> bundles = new ArrayList<>(Feature.bundles(setting));
        bundles.add(Part.bundle(setting.made("load"), 9, Swap.REPLACE, 1));
        Maker maker = Maker.in(setting.work().resolve("maker"));
        Path folder = setting.work().resolve("status");
        Subjects subjects = Subjects.make(setting, maker, bundles, Map.of(), folder);
        int rounds = setting.rounds(10, 1);
        List<String> orders = new ArrayList<>(List.of("lanes 0"));
        orders.addAll(Collections.nCopies(rounds + 1, "0 statuses " + STATUSES)); // the first is not compiled yet
        Files.write(folder.resolve("orders"), orders);
        setting.progress().step((rounds + 1) * STATUSES + " statuses");
        List<String> lines;
        try (Started gateway = subjects.gateway()) {
            lines = gateway.results(rounds + 1, LIMIT);
        }
        Verification.Verified verified = verified(subjects);
        byte[] content = new byte[Math.toIntExact(verified.bytes())];
        List<Double> hashed = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            hashed.add(1e3 * Rate.seconds(() -> Sha256.digest().digest(content)));
        }
        String what = "a signed status of " + bundles.size() + " bundles, " + verified.files() + " files";
        return List.of(
                figure(what, "ms of CPU", column(lines, 0), hashed),
                figure("the same", "ms", column(lines, 1), hashed));
    }

    private static List<Double> column(List<String> lines, int column) throws IOException {
        List<Double> millis = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith("!")) {
                throw new IOException(line);
            }
            millis.add(Long.parseLong(line.split(" ")[column]) / 1e6);
        }
        return millis;
    }

    private static Figure figure(String what, String unit, List<Double> ours, List<Double> theirs) {
        return new Figure(
                what,
                unit,
                new Samples(ours),
                "SHA-256 of as many bytes in memory",
                new Samples(theirs),
                new Goal.None());
    }

    private static Verification.Verified verified(Subjects subjects) throws IOException {
        Verification answer = new GenerationVerifier(subjects.unit()).verify(1);
        if (answer instanceof Verification.Verified verified) {
            return verified;
        }
        throw new IOException("the generation is refused: " + answer);
    }
}
