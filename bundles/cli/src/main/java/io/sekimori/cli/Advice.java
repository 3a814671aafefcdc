package io.sekimori.cli;

import java.util.List;
import java.util.Optional;

/**
 * Finds what a person can do about a reason code, whoever gave it: each area keeps its advice beside its codes, and a
 * code on a disk or from a socket does not say of which area it is.
 */
final class Advice {

    private static final List<String> AREAS = List.of(
            "io.sekimori.update.refusals",
            "io.sekimori.trust.refusals",
            "io.sekimori.generation.refusals",
            "io.sekimori.launcher.main.refusals",
            "io.sekimori.control.socket.refusals",
            "io.sekimori.audit.refusals",
            "io.sekimori.keys.refusals",
            "io.sekimori.vault.refusals",
            "io.sekimori.identity.refusals",
            "io.sekimori.config.refusals",
            "io.sekimori.settings.refusals",
            "io.sekimori.records.refusals",
            "io.sekimori.records.backup.refusals",
            "io.sekimori.access.refusals",
            "io.sekimori.releases.refusals",
            "io.sekimori.authority.refusals");

    private Advice() {}

    /** The advice for {@code code} in the language of {@code messages}, if any area has one. */
    static Optional<String> of(String code, Messages messages) {
        for (String area : AREAS) {
            Optional<String> advice = messages.in(area, code);
            if (advice.isPresent()) {
                return advice;
            }
        }
        return messages.find("finding." + code);
    }
}
