package io.sekimori.access.people;

import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.access.PeopleStore;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the rules work with: the store, the audit, time, chance and a bound on the memory that hashing takes.
 *
 * <p>Thread-safe. Store and audit are asked for at each use, since they are replaced while people sign in.
 */
final class Surroundings {

    /** Each check takes its memory of the heap; more of them at once than cores gains nothing. */
    private static final int MOST_AT_ONCE = 2;

    /** One more for who is proved or at the machine, so that strangers cannot keep them waiting. */
    private static final int MOST_AHEAD = 1;

    private static final int MOST_WAITING = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Supplier<@Nullable PeopleStore> store;
    private final Supplier<@Nullable AuditLog> audit;
    private final Clock clock;
    private final SecureRandom random;
    private final Supplier<Argon2Hash.Cost> cost;
    private final Semaphore hashing = new Semaphore(MOST_AT_ONCE, true);
    private final Semaphore hashingAhead = new Semaphore(MOST_AHEAD, true);

    Surroundings(
            Supplier<@Nullable PeopleStore> store,
            Supplier<@Nullable AuditLog> audit,
            Clock clock,
            SecureRandom random,
            Supplier<Argon2Hash.Cost> cost) {
        this.store = store;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
        this.cost = cost;
    }

    /** Something that takes the memory of one hash. */
    @FunctionalInterface
    interface Hashing<T> {
        T run() throws AccessException;
    }

    /**
     * Runs {@code work} when there is memory for it; refuses when too many wait.
     *
     * @param ahead whether it is for somebody who is proved or at the machine
     */
    <T> T hashing(boolean ahead, Hashing<T> work) throws AccessException {
        Semaphore turn = turn(ahead)
                .orElseThrow(() ->
                        new AccessException(AccessCode.SIGN_IN_BUSY, "too many passwords to check at once", null));
        try {
            return work.run();
        } finally {
            turn.release();
        }
    }

    private Optional<Semaphore> turn(boolean ahead) {
        if (ahead && hashing.tryAcquire()) {
            return Optional.of(hashing);
        }
        Semaphore turn = ahead ? hashingAhead : hashing;
        try {
            boolean mine =
                    turn.getQueueLength() < MOST_WAITING && turn.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return mine ? Optional.of(turn) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    PeopleStore store() throws AccessException {
        PeopleStore current = store.get();
        if (current == null) {
            throw new AccessException(AccessCode.ACCESS_ABSENT, "nothing keeps people", null);
        }
        return current;
    }

    Clock clock() {
        return clock;
    }

    SecureRandom random() {
        return random;
    }

    /** The text to be stored for a password, which somebody chose who is proved. */
    String hash(char[] password) throws AccessException {
        return hashing(true, () -> Argon2Hash.of(password, cost.get(), random).text());
    }

    /** A hash that no password has; costs what others cost at this moment. */
    Argon2Hash hashOfNobody() {
        return Argon2Hash.ofNobody(cost.get(), random);
    }

    byte[] random(int bytes) {
        byte[] made = new byte[bytes];
        random.nextBytes(made);
        return made;
    }

    /** Records what is about to happen or was refused; nothing happens without. */
    void record(String actor, String action, String subject, Verdict verdict, String reason, Map<String, String> detail)
            throws AccessException {
        AuditLog current = audit.get();
        if (current == null) {
            throw new AccessException(AccessCode.ACCESS_AUDIT_REFUSED, "no audit is installed", null);
        }
        try {
            current.append(new AuditEntry(actor, action, subject, verdict, reason, detail));
        } catch (AuditException e) {
            throw new AccessException(AccessCode.ACCESS_AUDIT_REFUSED, String.valueOf(e.getMessage()), e);
        }
    }
}
