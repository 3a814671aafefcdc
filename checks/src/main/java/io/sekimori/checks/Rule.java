package io.sekimori.checks;

import java.util.List;

/** One rule of the house. Stateless and thread-safe. */
@FunctionalInterface
public interface Rule {

    /** The violations in {@code product}, each a line that names the place and the rule broken; empty when it holds. */
    List<String> violations(Product product);
}
