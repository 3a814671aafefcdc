package io.sekimori.broker;

import io.sekimori.trust.Refusal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One broker from start to stop, the only one in its folder. */
final class BrokerProcess {

    private static final long STOP_MILLIS = 30_000;

    private final Path directory;
    private final PrintStream out;
    private final Lines lines;
    private final CountDownLatch wanted = new CountDownLatch(1);
    private final AtomicReference<@Nullable Refusal> failure = new AtomicReference<>();

    BrokerProcess(Path directory, PrintStream out, Lines lines) {
        this.directory = directory;
        this.out = out;
        this.lines = lines;
    }

    /** Says on standard output when clients are answered, and returns after a signal asked it to stop. */
    ExitCode run() throws BrokerException {
        BrokerSettings settings = BrokerSettings.read(directory);
        BrokerLog.toStandardError();
        try {
            Files.createDirectories(
                    settings.data(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new BrokerException(BrokerCode.START_FAILED, e.toString(), e);
        }
        try (FileChannel file = FileChannel.open(
                        settings.data().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            if (lock == null) {
                throw new BrokerException(BrokerCode.ALREADY_RUNNING, directory.toString());
            }
            return locked(settings);
        } catch (IOException e) {
            throw new BrokerException(BrokerCode.START_FAILED, e.toString(), e);
        }
    }

    private ExitCode locked(BrokerSettings settings) throws BrokerException {
        try (Broker broker = new Broker(settings, lines, this::fail)) {
            broker.start();
            Thread main = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stopOnSignal(main), "sekimori-signal"));
            out.println("sekimori-broker: ready at ssl://" + settings.host() + ":" + broker.port());
            out.flush();
            wanted.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Optional<Refusal> failed = Optional.ofNullable(failure.get());
        failed.ifPresent(lines::advise);
        return failed.isPresent() ? ExitCode.FAILED : ExitCode.OK;
    }

    private void fail(Refusal refusal) {
        failure.compareAndSet(null, refusal);
        wanted.countDown();
    }

    /** Holds the JVM until {@code main} halts it: after a signal it would not exit with 0. Something hung is left behind. */
    private void stopOnSignal(Thread main) {
        wanted.countDown();
        try {
            main.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
