package io.sekimori.audit.chain;

import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditVerification;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Prints durable appends per second beside the limit, write and fdatasync of as many bytes, in turns. Run by hand
 * with a folder on the disk to measure; no test, since its figures depend on the machine.
 */
final class DurableAppendsMeasure {

    private static final int ENTRIES = 3_000;
    private static final int WRITERS = 64;

    private DurableAppendsMeasure() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory(Path.of(arguments[0]), "measure");
        ChainAuditLog log = new ChainAuditLog(folder.resolve("chain"), new SynchronousDisk(), Limits.DEFAULT);
        for (int round = 0; round < 6; round++) {
            double limit = perSecond(ENTRIES, () -> syncEach(folder.resolve("raw")));
            double single = perSecond(ENTRIES, () -> append(log, ENTRIES));
            double group = perSecond(WRITERS * ENTRIES, () -> appendTogether(log));
            long before = System.nanoTime();
            AuditVerification found = log.verify();
            double millis = (System.nanoTime() - before) / 1e6;
            System.out.printf(
                    "fdatasync %,.0f/s; one writer %,.0f/s (%.2f); %d writers %,.0f/s; verified in %.0f ms: %s%n",
                    limit, single, single / limit, WRITERS, group, millis, found);
        }
    }

    private interface Work {
        void run() throws IOException, AuditException;
    }

    private static double perSecond(int times, Work work) {
        long before = System.nanoTime();
        try {
            work.run();
        } catch (IOException | AuditException e) {
            throw new IllegalStateException(e);
        }
        return times * 1e9 / (System.nanoTime() - before);
    }

    private static void syncEach(Path file) throws IOException {
        Files.deleteIfExists(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int i = 0; i < ENTRIES; i++) {
                channel.write(ByteBuffer.wrap(new byte[380]));
                channel.force(false);
            }
        }
    }

    private static void append(ChainAuditLog log, int times) throws AuditException {
        for (int i = 0; i < times; i++) {
            log.append(Entries.entry("entry " + i));
        }
    }

    private static void appendTogether(ChainAuditLog log) {
        ExecutorService callers = Executors.newFixedThreadPool(WRITERS);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            all.add(CompletableFuture.runAsync(() -> perSecond(1, () -> append(log, ENTRIES)), callers));
        }
        all.forEach(CompletableFuture::join);
        callers.shutdown();
    }
}
