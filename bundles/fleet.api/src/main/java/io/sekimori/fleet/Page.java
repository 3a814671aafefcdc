package io.sekimori.fleet;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param gateways in the order of their serial numbers
 * @param next the serial number to ask for what follows; empty at the end
 */
public record Page(List<Gateway> gateways, Optional<String> next) {

    /** @throws NullPointerException if a part is null */
    public Page {
        gateways = List.copyOf(gateways);
    }
}
