package io.sekimori.authority.ca;

import io.sekimori.authority.AuthorityException;
import io.sekimori.durable.VersionLock;
import io.sekimori.records.RecordsException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.cert.X509CRLHolder;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/**
 * Keeps the broker's files true: its certificate before it ends, and the revocation list when somebody was revoked here
 * or by another console on the same records. Owns one thread. Thread-safe.
 */
final class Upkeep implements AutoCloseable {

    private static final long LOOK_SECONDS = 30;
    private static final Duration LIST_RENEWED_AFTER = Duration.ofDays(1);

    private final CaAuthority authority;
    private final Tools tools;
    private final AuthorityFolder folder;
    private final BrokerFiles broker;
    private final Clock clock;
    private final Logger log;
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, work -> new Thread(work, "sekimori-authority-1"));
    private List<Register.Revoked> listed = List.of();
    private @Nullable Instant written;
    private @Nullable Issuers writtenFor;

    Upkeep(CaAuthority authority, Tools tools, AuthorityFolder folder, Clock clock, Logger log) {
        this.authority = authority;
        this.tools = tools;
        this.folder = folder;
        this.broker = new BrokerFiles(folder, clock);
        this.clock = clock;
        this.log = log;
    }

    void begin() {
        thread.scheduleWithFixedDelay(this::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** Looks soon: something was revoked. */
    void soon() {
        if (!thread.isShutdown()) {
            thread.execute(this::look);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void look() {
        try {
            // Of two versions of this bundle one writes, so that key and certificate are of one making.
            Optional<VersionLock> lock = VersionLock.take(folder.path().resolve("lock"), Duration.ZERO);
            if (lock.isPresent()) {
                try {
                    renew();
                } finally {
                    lock.get().release();
                }
            }
        } catch (AuthorityException | RecordsException | IOException e) {
            log.error("The broker's files cannot be kept true; it is tried again in {} s", LOOK_SECONDS, e);
        } catch (RuntimeException e) { // the boundary of this thread
            log.error("The broker's files cannot be kept true; report it with the console's log", e);
        }
    }

    private void renew() throws AuthorityException, RecordsException, IOException {
        Ca ca = authority.ca();
        List<String> names = authority.settings().brokerNames();
        Instant now = clock.instant();
        List<Register.Revoked> revoked = tools.records().read(c -> new Register(c).revoked(now));
        boolean lists = written == null
                || !ca.issuers().equals(writtenFor)
                || !revoked.equals(listed)
                || now.isAfter(written.plus(LIST_RENEWED_AFTER));
        if (lists) {
            // First whom a replaced issuing CA gave a certificate, so that nobody of them is cut off for as long as the
            // rest takes;
            // then whom nobody is to believe, which waits for nothing that may fail.
            broker.known(known(ca, now));
            broker.revocations(list(ca, revoked));
            listed = revoked;
            written = now;
            writtenFor = ca.issuers();
        }
        if (broker.needsRenewal(names, ca.issuers())) {
            broker.renew(ca.issuers(), ca.issuer(), names);
            log.info("The broker's certificate was made anew");
        }
    }

    /** What former issuing CAs gave out, as far as the records know it and nobody revoked it. */
    private List<String> known(Ca ca, Instant now) throws AuthorityException, RecordsException {
        return ca.issuers().former().isEmpty()
                ? List.of()
                : tools.records().read(c -> new Register(c).valid(now, ca.issuers()::madeBefore));
    }

    static X509CRLHolder list(Ca ca, List<Register.Revoked> revoked) throws AuthorityException {
        return ca.issuer().list(BrokerFiles.LIST_VALID_FOR, list -> {
            revoked.forEach(each -> list.addCRLEntry(each.serialNumber(), Date.from(each.at()), 0));
            return list;
        });
    }
}
