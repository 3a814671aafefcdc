package io.sekimori.benchmarks.vault;

import io.sekimori.benchmarks.Benchmark;
import io.sekimori.benchmarks.Figure;
import io.sekimori.benchmarks.Goal;
import io.sekimori.benchmarks.Rate;
import io.sekimori.benchmarks.Samples;
import io.sekimori.benchmarks.Setting;
import io.sekimori.benchmarks.maker.EmbeddedFelix;
import io.sekimori.vault.Vault;
import io.sekimori.vault.VaultException;
import io.sekimori.vault.VaultOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Files of 64 MiB streamed into the shipped vault and out of it, against AES-GCM of the Java runtime alone. */
public final class VaultBenchmark implements Benchmark {

    private static final int FILE_BYTES = 64 << 20;
    private static final double MEGA = 1e6;
    private static final String NAME = "file";

    @Override
    public String name() {
        return "vault";
    }

    @Override
    public String about() {
        return "files streamed into and out of the vault, against the platform's AES-GCM on the same disk";
    }

    @Override
    public List<Figure> measure(Setting setting) throws IOException, InterruptedException {
        byte[] content = new byte[FILE_BYTES];
        new Random(1).nextBytes(content);
        Path bare = setting.work().resolve("bare");
        BareCipher cipher = new BareCipher();
        List<Double> written = new ArrayList<>();
        List<Double> bareWritten = new ArrayList<>();
        List<Double> read = new ArrayList<>();
        List<Double> bareRead = new ArrayList<>();
        try (EmbeddedFelix felix = EmbeddedFelix.start(setting, setting.work().resolve("unit"), "vault")) {
            Vault vault = felix.service(Vault.class);
            setting.progress().step("files that do not count");
            for (int i = 0; i < setting.rounds(4, 1); i++) {
                write(vault, content);
                cipher.write(bare, content);
                read(vault);
                cipher.read(bare);
            }
            int rounds = setting.rounds(15, 2);
            for (int round = 0; round < rounds; round++) {
                setting.progress().step("round " + (round + 1) + " of " + rounds);
                bareWritten.add(megabytesPerSecond(() -> cipher.write(bare, content)));
                written.add(megabytesPerSecond(() -> write(vault, content)));
                bareRead.add(megabytesPerSecond(() -> cipher.read(bare)));
                read.add(megabytesPerSecond(() -> read(vault)));
            }
        }
        return List.of(
                figure("a file of 64 MiB into the vault, durable", written, bareWritten),
                figure("the same out of the vault, verified", read, bareRead));
    }

    private static Figure figure(String what, List<Double> ours, List<Double> theirs) {
        return new Figure(
                what,
                "MB/s",
                new Samples(ours),
                "the platform's AES-256-GCM in as large chunks to a file",
                new Samples(theirs),
                new Goal.RatioAtLeast(0.9));
    }

    private static double megabytesPerSecond(Rate.Work work) throws IOException {
        return FILE_BYTES / MEGA / Rate.seconds(work);
    }

    private static void write(Vault vault, byte[] content) throws IOException {
        try (VaultOutput out = vault.write(NAME)) {
            for (int at = 0; at < content.length; at += BareCipher.CHUNK) {
                out.write(content, at, Math.min(BareCipher.CHUNK, content.length - at));
            }
            out.commit();
        } catch (VaultException e) {
            throw new IOException("the vault refuses", e);
        }
    }

    private static void read(Vault vault) throws IOException {
        byte[] piece = new byte[BareCipher.CHUNK];
        long bytes = 0;
        try (InputStream in = vault.read(NAME).orElseThrow()) {
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                bytes += length;
            }
        } catch (VaultException e) {
            throw new IOException("the vault refuses", e);
        }
        if (bytes != FILE_BYTES) {
            throw new IOException("the vault gave out " + bytes + " bytes");
        }
    }
}
