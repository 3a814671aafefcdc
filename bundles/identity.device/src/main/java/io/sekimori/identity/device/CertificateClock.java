package io.sekimori.identity.device;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time at which certificates must be valid. Thread-safe. */
final class CertificateClock extends Clock {

    private final GatewayTime time;

    CertificateClock(GatewayTime time) {
        this.time = time;
    }

    @Override
    public Instant instant() {
        return time.certificates();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** The same: nobody asks it for days. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
