package io.sekimori.benchmarks.audit;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import io.sekimori.benchmarks.Benchmark;
import io.sekimori.benchmarks.Figure;
import io.sekimori.benchmarks.Folders;
import io.sekimori.benchmarks.Goal;
import io.sekimori.benchmarks.Rate;
import io.sekimori.benchmarks.Samples;
import io.sekimori.benchmarks.Setting;
import io.sekimori.benchmarks.maker.EmbeddedFelix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Records on the disk per second, by one caller and by 64, against fdatasync and a bare group commit. */
public final class AuditBenchmark implements Benchmark {

    private static final int WRITERS = 64;
    private static final AuditEntry ENTRY = new AuditEntry(
            "local:operator",
            "config.change",
            "io.sekimori.example",
            AuditEntry.Verdict.DONE,
            "",
            Map.of("version", "17", "keys", "probation_seconds, settle_seconds"));

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public String about() {
        return "durable audit records, against fdatasync and a bare group commit on the same disk";
    }

    @Override
    public List<Figure> measure(Setting setting) throws IOException, InterruptedException {
        Path unit = setting.work().resolve("unit");
        List<Double> syncs = new ArrayList<>();
        List<Double> singles = new ArrayList<>();
        List<Double> raws = new ArrayList<>();
        List<Double> groups = new ArrayList<>();
        try (EmbeddedFelix felix = EmbeddedFelix.start(setting, unit, "audit")) {
            AuditLog audit = felix.service(AuditLog.class);
            setting.progress().step("records that do not count");
            int warmUp = setting.rounds(2_000, 100);
            for (int i = 0; i < warmUp; i++) {
                append(audit);
            }
            byte[] bytes = new byte[Math.toIntExact(size(unit.resolve("data")) / warmUp)];
            double seconds = setting.quick() ? 0.2 : 0.5;
            int rounds = setting.rounds(21, 2);
            for (int round = 0; round < rounds; round++) {
                setting.progress().step("round " + (round + 1) + " of " + rounds);
                syncs.add(syncsPerSecond(setting.work().resolve("raw"), bytes, seconds));
                singles.add(Rate.perSecond(seconds, () -> append(audit)));
                raws.add(rawPerSecond(setting.work().resolve("raw"), bytes, seconds));
                groups.add(Writers.perSecond(WRITERS, seconds, () -> append(audit)));
            }
            return figures(bytes.length, syncs, singles, raws, groups);
        }
    }

    private static List<Figure> figures(
            int bytes, List<Double> syncs, List<Double> singles, List<Double> raws, List<Double> groups) {
        return List.of(
                new Figure(
                        "durable audit records of " + bytes + " bytes, one caller",
                        "records/s",
                        new Samples(singles),
                        "write and fdatasync of as many bytes",
                        new Samples(syncs),
                        new Goal.RatioAtLeast(0.8)),
                new Figure(
                        "the same, " + WRITERS + " callers",
                        "records/s",
                        new Samples(groups),
                        "group commit of as many bytes without a chain",
                        new Samples(raws),
                        new Goal.RatioAtLeast(0.8)));
    }

    private static void append(AuditLog audit) throws IOException {
        try {
            audit.append(ENTRY);
        } catch (AuditException e) {
            throw new IOException("the audit refuses", e);
        }
    }

    private static double syncsPerSecond(Path path, byte[] bytes, double seconds) throws IOException {
        Folders.delete(path);
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            return Rate.perSecond(seconds, () -> {
                file.write(ByteBuffer.wrap(bytes));
                file.force(false);
            });
        }
    }

    private static double rawPerSecond(Path path, byte[] bytes, double seconds)
            throws IOException, InterruptedException {
        Folders.delete(path);
        try (RawGroupCommit raw = new RawGroupCommit(path)) {
            return Writers.perSecond(WRITERS, seconds, () -> raw.append(bytes));
        }
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }
}
