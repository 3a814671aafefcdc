package io.sekimori.cli;

import io.sekimori.trust.ReleaseRepository;
import io.sekimori.trust.RepositoryFacts;
import io.sekimori.trust.Role;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Looks whether a repository has counted further than the clock: a unit that is made with it refuses what a console signs with
 * smaller numbers, until the console has signed above them or the time has come. Stateless.
 */
final class AheadOfClock {

    /** Clocks differ by as much, and who signs often counts on by as many seconds. */
    private static final Duration LITTLE = Duration.ofMinutes(5);

    /** So far above what was signed a console does not go. */
    private static final Duration MOST = Duration.ofDays(1);

    private AheadOfClock() {}

    /** @throws Failure {@code REPOSITORY_AHEAD} if it is by more than a day; by less it is said */
    static void look(ReleaseRepository repository, Shell shell) throws IOException, Failure {
        RepositoryFacts.Signed timestamp = repository.facts().roles().get(Role.TIMESTAMP);
        Instant now = shell.clock().instant();
        if (timestamp == null || timestamp.version() <= now.plus(LITTLE).getEpochSecond()) {
            return;
        }
        if (timestamp.version() > now.plus(MOST).getEpochSecond()) {
            throw new Failure(
                    ExitCode.REFUSED,
                    "REPOSITORY_AHEAD",
                    Long.toString(timestamp.version()),
                    Long.toString(now.getEpochSecond()));
        }
        shell.note(shell.messages().text("factory.ahead", Instant.ofEpochSecond(timestamp.version())));
    }
}
