package io.sekimori.kura;

import io.sekimori.connection.Reply;
import io.sekimori.connection.Request;

/** The refusals that both applications give. Stateless. */
final class Refusals {

    private Refusals() {}

    static Reply mandateRequired() {
        return Reply.refused(
                403, KuraCode.MANDATE_REQUIRED.name(), "this gateway lets nobody change it this way; assign releases");
    }

    static Reply unknown(Request request) {
        return Reply.refused(404, KuraCode.RESOURCE_UNKNOWN.name(), "no such resource for " + request.method());
    }
}
