package io.sekimori.config.admin;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.durable.DurableFile;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.launcher.StartReason;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.log.Logger;

/** A gateway for tests: a unit folder, an audit, a log, and ConfigurationAdmin, which outlives a restart. */
final class Gateway implements RunningGeneration, AuditLog {

    final List<AuditEntry> audited = new CopyOnWriteArrayList<>();
    final List<String> logged = new CopyOnWriteArrayList<>();
    final MemoryAdmin admin = new MemoryAdmin();
    final FakeSchemas schemas = new FakeSchemas();
    volatile boolean diskIsFull;
    Duration patience = Duration.ofSeconds(10);
    private final Path unit;
    private int generation = 1;
    private Map<String, Map<String, Object>> defaults = Map.of();

    Gateway(Path unit) {
        this.unit = unit;
    }

    Gateway generation(int number, Map<String, Map<String, Object>> configurations) {
        generation = number;
        defaults = configurations;
        return this;
    }

    /** A component in a process of this name. */
    AdminConfigurations start(String process) {
        AdminConfigurations started = new AdminConfigurations(this, storage(), admin, schemas, logger(), process);
        started.audit = this;
        started.awake();
        return started;
    }

    private Storage storage() {
        return new Storage(
                folder(),
                (file, content) -> {
                    if (diskIsFull) {
                        throw new IOException("No space left on device");
                    }
                    DurableFile.create(file, content);
                },
                patience);
    }

    Path folder() {
        return unit.resolve("data").resolve("io.sekimori.config.admin");
    }

    @Override
    public AuditReceipt append(AuditEntry entry) throws AuditException {
        audited.add(entry);
        return new AuditReceipt(audited.size(), Instant.EPOCH, "0".repeat(64));
    }

    @Override
    public int number() {
        return generation;
    }

    @Override
    public Path unit() {
        return unit;
    }

    @Override
    public String slot() {
        return "0".repeat(64);
    }

    @Override
    public StartReason reason() {
        return StartReason.NORMAL;
    }

    @Override
    public Optional<String> fallBackCode() {
        return Optional.empty();
    }

    @Override
    public int filesVerified() {
        return 0;
    }

    @Override
    public Duration verifyTime() {
        return Duration.ZERO;
    }

    @Override
    public Map<String, Map<String, Object>> configurations() {
        return defaults;
    }

    private Logger logger() {
        return (Logger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    logged.add(method.getName() + " " + Arrays.deepToString(arguments));
                    return null;
                });
    }
}
