package io.sekimori.config.admin;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** What is needed of the framework's ConfigurationAdmin. Thread-safe. */
interface AdminPort {

    /** The values in force, or empty if there is no configuration or it has values of no known type. */
    Optional<Map<String, StoredValue>> values(String pid) throws IOException;

    /** Puts values in force, bound to no bundle. */
    void put(String pid, Map<String, StoredValue> values) throws IOException;

    /** Takes a configuration away; one that is not there is no error. */
    void delete(String pid) throws IOException;
}
