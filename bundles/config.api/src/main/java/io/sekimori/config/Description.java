package io.sekimori.config;

import java.util.List;
import java.util.Objects;

/**
 * What a bundle says about one configuration of its own.
 *
 * @param pid the PID, or the factory PID
 * @param factory whether there may be several, each {@code pid~name}
 * @param bundle symbolic name of the bundle that says so
 * @param name for people
 * @param description for people, may be empty
 * @param attributes in the bundle's order
 */
public record Description(
        String pid, boolean factory, String bundle, String name, String description, List<Attribute> attributes) {

    /** @throws NullPointerException if a part is null */
    public Description {
        Objects.requireNonNull(pid, "pid");
        Objects.requireNonNull(bundle, "bundle");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        attributes = List.copyOf(attributes);
    }
}
