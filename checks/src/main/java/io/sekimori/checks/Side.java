package io.sekimori.checks;

import java.util.Optional;
import java.util.Set;

/** The side of the house an area stands on. Platform code never imports code of a side. */
public enum Side {

    /** Works on gateway and console alike. */
    PLATFORM(
            "durable",
            "lasting",
            "screens",
            "launcher",
            "control",
            "trust",
            "generation",
            "keys",
            "vault",
            "config",
            "access",
            "audit",
            "update",
            "status",
            "web",
            "payload"),
    GATEWAY(
            "identity",
            "ports",
            "lifecycle",
            "connection",
            "kura",
            "delivery",
            "settings",
            "example",
            "people",
            "local"),
    CONSOLE(
            "records",
            "fleet",
            "authority",
            "releases",
            "rollouts",
            "tuning",
            "link",
            "rest",
            "pages",
            "insight",
            "notices",
            "advisories"),
    /** Programs beside the two. */
    TOOLS("cli", "broker", "simulator", "demo");

    private final Set<String> areas;

    Side(String... areas) {
        this.areas = Set.of(areas);
    }

    /** The side of {@code module}, or empty if its area has not been given one. */
    public static Optional<Side> of(Module module) {
        for (Side side : values()) {
            if (side.areas.contains(module.area())) {
                return Optional.of(side);
            }
        }
        return Optional.empty();
    }

    /** Whether code of this side may import code of {@code other}. */
    public boolean mayImport(Side other) {
        return other == PLATFORM || other == this || this == TOOLS;
    }
}
