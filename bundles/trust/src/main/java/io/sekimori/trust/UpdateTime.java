package io.sekimori.trust;

import java.time.Duration;
import java.time.Instant;

/**
 * The one time that every expiry of an update is compared with (5.1), and what signatures say of it. A clock that stands
 * before what offline keys have signed, or before the software itself was built, is wrong: nothing is judged by it. What
 * online keys say makes it later for this update alone. Confined to one thread.
 */
final class UpdateTime {

    // What is signed and rolled out at once must not wait for a clock that is a little late.
    static final Duration SLACK = Duration.ofMinutes(10);

    private final Instant clock;
    private Instant floor;
    private Instant online = Instant.EPOCH;

    /**
     * @param clock what the clock said when the update began
     * @param floor what is known to be over
     */
    UpdateTime(Instant clock, Instant floor) {
        this.clock = clock;
        this.floor = floor;
    }

    /** For whoever has nothing but a clock. */
    static UpdateTime of(Instant clock) {
        return new UpdateTime(clock, Instant.EPOCH);
    }

    /** Takes note of metadata of an offline role that has been verified, expired or not. */
    void signed(Header header) {
        header.issued().ifPresent(this::notBefore);
    }

    /** Takes note of a time that is over for certain. */
    void notBefore(Instant known) {
        floor = later(floor, known);
    }

    /** Takes note of when an online role signed something that has been verified. */
    void atLeast(Instant said) {
        online = later(online, said);
    }

    /**
     * Whether metadata that has been verified may still be accepted (5.3.10, 5.4.4, 5.5.6, 5.6.5).
     *
     * @throws TrustException {@link TrustCode#TIME_UNTRUSTED} if that cannot be known, or the code of its role
     */
    void requireFresh(Header header) throws TrustException {
        header.requireFresh(now());
    }

    /**
     * The time to judge by.
     *
     * @throws TrustException {@link TrustCode#TIME_UNTRUSTED} if that cannot be known
     */
    Instant now() throws TrustException {
        if (clock.plus(SLACK).isBefore(floor)) {
            throw new TrustException(
                    TrustCode.TIME_UNTRUSTED,
                    "it is " + TufTime.format(clock) + " here, and not before " + TufTime.format(floor)
                            + " by what was built and signed offline");
        }
        return later(later(clock, floor), online);
    }

    /** What is over for certain, as far as it was told. */
    Instant floor() {
        return floor;
    }

    static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }
}
