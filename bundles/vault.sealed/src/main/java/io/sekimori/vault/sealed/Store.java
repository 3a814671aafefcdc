package io.sekimori.vault.sealed;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * What the vaults of all bundles share.
 *
 * @param root the folder with a folder for each bundle
 * @param patience how long an operation waits for another version of this bundle
 * @param limits how much each bundle may keep, as configured now
 */
record Store(
        Path root,
        Disk disk,
        GatewayKey gateway,
        VaultAudit audit,
        Sealing sealing,
        Duration patience,
        Supplier<Settings> limits) {

    // The number of a process is used again after a restart, its start is not.
    private static final String PROCESS = ProcessHandle.current().pid() + "x"
            + ProcessHandle.current()
                    .info()
                    .startInstant()
                    .map(Instant::toEpochMilli)
                    .orElse(0L);

    Settings settings() {
        return limits.get();
    }

    OwnerFiles files(String owner) {
        return new OwnerFiles(root.resolve(owner));
    }

    /** What the files that this process is writing begin with. */
    String process() {
        return PROCESS;
    }
}
