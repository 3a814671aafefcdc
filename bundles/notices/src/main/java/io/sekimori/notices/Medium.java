package io.sekimori.notices;

import java.io.IOException;

/** A way to tell somebody. Bounded in time; thread-safe. */
@FunctionalInterface
interface Medium {

    /**
     * Tells one recipient.
     *
     * @param address as configured
     * @throws IOException if it is not known to have arrived
     */
    void tell(Notice notice, String address) throws IOException;
}
