package io.sekimori.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import io.sekimori.audit.AuditReceipt;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two versions of the bundle beside each other, as during an update, make one chain. */
class TwoVersionsTest {

    @TempDir
    Path folder;

    private ChainOnDisk chain;

    @BeforeEach
    void noChainYet() {
        chain = new ChainOnDisk(folder.resolve("chain"));
    }

    @Test
    void classesOfTwoLoadersWriteOneChain() throws Exception {
        AuditLog old = version();
        AuditLog replacement = version();
        assertThat(old.getClass()).isNotSameAs(replacement.getClass());
        Set<Long> sequences = ConcurrentHashMap.newKeySet();

        List<CompletableFuture<Void>> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            AuditLog log = i % 2 == 0 ? old : replacement;
            callers.add(CompletableFuture.runAsync(() -> appendOften(log, sequences)));
        }
        callers.forEach(CompletableFuture::join);

        assertThat(sequences).hasSize(8 * 100);
        assertThat(chain.intact().records()).isEqualTo(8 * 100);
    }

    @Test
    void theyTakeTurnsAcrossSegments() throws Exception {
        Limits small = new Limits(700, Long.MAX_VALUE, 10, Duration.ofSeconds(5));
        ChainWriter old = chain.writer(small);
        ChainWriter replacement = chain.writer(small);
        for (int i = 0; i < 60; i++) {
            (i % 3 == 0 ? old : replacement).write(ChainOnDisk.bodies("entry " + i));
        }

        assertThat(chain.intact().records()).isEqualTo(60);
    }

    @Test
    void aCallAfterDeactivationIsStillRecorded() throws AuditException {
        ChainAuditLog old = log();
        old.append(Entries.entry("before"));
        old.close();
        ChainAuditLog replacement = log();
        replacement.append(Entries.entry("between"));

        old.append(Entries.entry("straggler"));
        replacement.append(Entries.entry("after"));
        old.close();

        assertThat(chain.subjects()).containsExactly("before", "between", "straggler", "after");
    }

    private ChainAuditLog log() {
        return new ChainAuditLog(chain.folder(), new SynchronousDisk(), Limits.DEFAULT);
    }

    private static void appendOften(AuditLog log, Set<Long> sequences) {
        for (int i = 0; i < 100; i++) {
            try {
                AuditReceipt receipt = log.append(Entries.entry("entry"));
                sequences.add(receipt.sequence());
            } catch (AuditException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    // The bundle's classes come from a loader of their own, the api and the libraries from that of the test.
    private AuditLog version() throws ReflectiveOperationException, IOException {
        URL classes = ChainAuditLog.class.getProtectionDomain().getCodeSource().getLocation();
        ClassLoader loader = new URLClassLoader(new URL[] {classes}, getClass().getClassLoader()) {

            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                synchronized (getClassLoadingLock(name)) {
                    boolean own =
                            name.startsWith("io.sekimori.audit.chain.") || name.startsWith("io.sekimori.durable.");
                    if (!own) {
                        return super.loadClass(name, resolve);
                    }
                    Class<?> loaded = findLoadedClass(name);
                    return loaded == null ? findClass(name) : loaded;
                }
            }
        };
        Class<?> type = loader.loadClass(ChainAuditLog.class.getName());
        Class<?> disk = loader.loadClass(SynchronousDisk.class.getName());
        Class<?> limits = loader.loadClass(Limits.class.getName());
        var defaults = limits.getDeclaredField("DEFAULT");
        defaults.setAccessible(true);
        Constructor<?> diskConstructor = disk.getDeclaredConstructor();
        diskConstructor.setAccessible(true);
        Constructor<?> constructor =
                type.getDeclaredConstructor(Path.class, loader.loadClass(Disk.class.getName()), limits);
        constructor.setAccessible(true);
        return (AuditLog) constructor.newInstance(chain.folder(), diskConstructor.newInstance(), defaults.get(null));
    }
}
