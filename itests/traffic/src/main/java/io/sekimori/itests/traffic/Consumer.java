package io.sekimori.itests.traffic;

import io.sekimori.access.Access;
import io.sekimori.audit.AuditLog;
import io.sekimori.config.Configurations;
import io.sekimori.keys.Keys;
import io.sekimori.vault.Vault;
import org.jspecify.annotations.Nullable;

/** A consumer of all capabilities: answers the service it would call now, or null if it has none. Thread-safe. */
public interface Consumer {

    /** The property of the service that says how it looks services up: {@code ds} or {@code tracker}. */
    String KIND = "consumer.kind";

    @Nullable
    AuditLog audit();

    @Nullable
    Keys keys();

    @Nullable
    Configurations configurations();

    @Nullable
    Vault vault();

    @Nullable
    Access access();
}
