package io.sekimori.benchmarks.verification;

import io.sekimori.benchmarks.Benchmark;
import io.sekimori.benchmarks.Figure;
import io.sekimori.benchmarks.Folders;
import io.sekimori.benchmarks.Goal;
import io.sekimori.benchmarks.Rate;
import io.sekimori.benchmarks.Samples;
import io.sekimori.benchmarks.Setting;
import io.sekimori.generation.Store;
import io.sekimori.trust.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Files of 10 MB and a whole generation, against SHA-256 of as many bytes in memory. */
public final class HashingBenchmark implements Benchmark {

    private static final int FILE_BYTES = 10 << 20;
    private static final double MEGA = 1e6;

    @Override
    public String name() {
        return "hashing";
    }

    @Override
    public String about() {
        return "verifying files of the store and a generation, against SHA-256 in memory";
    }

    @Override
    public List<Figure> measure(Setting setting) throws IOException {
        byte[] bytes = new byte[FILE_BYTES];
        new Random(1).nextBytes(bytes);
        setting.progress().step("making a unit of " + GenerationToVerify.BALLAST_FILES + " files of 10 MB");
        GenerationToVerify generation = GenerationToVerify.make(setting, bytes);
        double seconds = setting.quick() ? 0.1 : 0.5;
        int rounds = setting.rounds(7, 2);
        List<Double> memory = new ArrayList<>();
        List<Double> checked = new ArrayList<>();
        List<Double> parallel = new ArrayList<>();
        List<Double> verified = new ArrayList<>();
        List<Double> written = new ArrayList<>();
        List<Double> stored = new ArrayList<>();
        String digest = Sha256.hex(bytes);
        Store store = new Store(setting.work().resolve("store"));
        put(store, bytes, digest);
        for (int round = 0; round < rounds; round++) {
            setting.progress().step("round " + (round + 1) + " of " + rounds);
            memory.add(Rate.perSecond(seconds, () -> Sha256.digest().digest(bytes)) * FILE_BYTES / MEGA);
            checked.add(Rate.perSecond(seconds, () -> check(store, digest)) * FILE_BYTES / MEGA);
            parallel.add(generation.hashInMemory(seconds) / MEGA);
            verified.add(generation.verify(seconds) / MEGA);
            written.add(Rate.perSecond(seconds, () -> write(setting.work(), bytes)) * FILE_BYTES / MEGA);
            stored.add(Rate.perSecond(seconds, () -> putAgain(setting.work(), bytes, digest)) * FILE_BYTES / MEGA);
        }
        String verifying =
                "verifying a generation of " + generation.files() + " files, " + Math.round(generation.bytes() / MEGA)
                        + " MB, with its evidence, on " + generation.threads() + " threads";
        return List.of(
                new Figure(
                        "checking a file of 10 MB in the store",
                        "MB/s",
                        new Samples(checked),
                        "SHA-256 in memory",
                        new Samples(memory),
                        new Goal.RatioAtLeast(0.9)),
                new Figure(
                        verifying,
                        "MB/s",
                        new Samples(verified),
                        "SHA-256 in memory, one thread",
                        new Samples(memory),
                        new Goal.RatioAtLeast(0.9)),
                new Figure(
                        "the same",
                        "MB/s",
                        new Samples(verified),
                        "SHA-256 in memory, as many threads",
                        new Samples(parallel),
                        new Goal.None()),
                new Figure(
                        "storing 10 MB durably, hashed while it streams",
                        "MB/s",
                        new Samples(stored),
                        "write and fdatasync without a hash",
                        new Samples(written),
                        new Goal.None()));
    }

    private static void check(Store store, String digest) throws IOException {
        if (!(store.check(digest, FILE_BYTES) instanceof Store.Check.Right)) {
            throw new IOException("the store's file is not right");
        }
    }

    private static void put(Store store, byte[] bytes, String digest) throws IOException {
        if (!(store.put(new ByteArrayInputStream(bytes), digest, bytes.length) instanceof Store.Put.Stored)) {
            throw new IOException("the store refused");
        }
    }

    private static void putAgain(Path folder, byte[] bytes, String digest) throws IOException {
        Path empty = folder.resolve("empty-store");
        Folders.delete(empty);
        put(new Store(empty), bytes, digest);
    }

    private static void write(Path folder, byte[] bytes) throws IOException {
        Path plain = folder.resolve("plain");
        Folders.delete(plain);
        try (FileChannel file = FileChannel.open(plain, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(bytes));
            file.force(false);
        }
    }
}
