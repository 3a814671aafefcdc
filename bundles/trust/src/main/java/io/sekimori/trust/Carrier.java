package io.sekimori.trust;

import static io.sekimori.trust.Names.require;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How an update reached the unit, which decides whether an old timestamp or snapshot is a reason to refuse. Signatures,
 * versions, hashes and floors, and the expiry of roots, targets, delegated targets and the assignment, are judged the
 * same on every way.
 */
public sealed interface Carrier {

    /** Over a network: every expiry counts, since a timestamp that is not renewed is how a freeze shows (TUF 1.5.2). */
    Carrier NETWORK = new Network();

    /** See {@link Carrier#NETWORK}. */
    record Network() implements Carrier {}

    /**
     * On a medium, brought by a person who is signed in on site. Nobody renews a timestamp on a stick, so that the expiry
     * of timestamp and snapshot (TUF 5.4.4, 5.5.6) is told instead of refused; for that the assignment itself is good for
     * a shorter time. The caller has seen to it that somebody is signed in, who answers for it.
     *
     * @param life   how long after it was signed an assignment is taken from a medium, whatever its own expiry; positive
     * @param seen   SHA-256 of the one assignment that the person has looked at, 64 lower-case hex digits; empty if none
     */
    record Medium(Duration life, Optional<String> seen) implements Carrier {

        /** @throws IllegalArgumentException if the life is not positive or the hash is malformed */
        public Medium {
            require(!life.isNegative() && !life.isZero(), "life is positive");
            seen.ifPresent(Names::requireSha256);
        }

        /**
         * Refuses what was signed too long ago, and what is not the one that the person has looked at: a medium answers as it
         * likes each time it is read, so what counts is what was read now.
         */
        void requireAsBrought(DirectorClient.Directed directed, Instant now) throws TrustException {
            Instant end = directed.assignment().issued().plus(life);
            if (!now.isBefore(end)) {
                throw new TrustException(
                        TrustCode.EXPIRED_PACK,
                        "assignment " + directed.assignment().version() + " is taken from a medium until "
                                + TufTime.format(end));
            }
            String sha256 = Sha256.hex(directed.vouching().get(TargetsMetadata.FILE));
            if (seen.filter(one -> !one.equals(sha256)).isPresent()) {
                throw new TrustException(
                        TrustCode.ASSIGNMENT_NOT_SEEN,
                        "assignment " + directed.assignment().version() + " is not the one that was looked at");
            }
        }
    }
}
