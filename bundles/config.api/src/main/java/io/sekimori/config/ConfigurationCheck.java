package io.sekimori.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says of a configuration what its description cannot: whether its values make sense, each and together. The bundle that
 * is configured registers it as a service; then a change that people make is asked about before it is kept. Without it, a
 * bundle finds out when the change is in force.
 *
 * <p>Thread-safe and quick. Of two versions of a bundle that run beside each other, both are asked.
 */
@ConsumerType
public interface ConfigurationCheck {

    /** What it is about: a PID, or a factory PID for all of its instances. */
    String pid();

    /**
     * Looks at a configuration as it would be.
     *
     * @param values the texts of each attribute, its defaults where none is set; of passwords nothing
     * @return what is wrong; empty if nothing is
     */
    Optional<Wrong> look(Map<String, List<String>> values);

    /**
     * What makes no sense.
     *
     * @param attribute the attribute it is about; empty if it is about several
     * @param detail what was found, for the person who asked
     */
    record Wrong(String attribute, String detail) {}
}
