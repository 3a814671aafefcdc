package io.sekimori.config.admin;

import io.sekimori.config.Configuration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Shows a configuration without its passwords. Stateless. */
final class Showing {

    // What no bundle describes may be a password too: its name is all there is to tell by.
    private static final Pattern SUSPICIOUS =
            Pattern.compile("(?i).*(passw|passphrase|secret|token|credential|private).*");

    private Showing() {}

    static Configuration show(Version version, Optional<Schema> schema) {
        Map<String, Object> values = new TreeMap<>();
        Set<String> passwords = new TreeSet<>();
        version.values().forEach((name, value) -> {
            if (isPassword(name, value, schema)) {
                passwords.add(name);
            } else {
                values.put(name, value.toShow());
            }
        });
        return new Configuration(version.facts(), values, passwords);
    }

    private static boolean isPassword(String name, StoredValue value, Optional<Schema> schema) {
        if (value.secret() || schema.filter(known -> known.isPassword(name)).isPresent()) {
            return true;
        }
        boolean described = schema.flatMap(known -> known.attribute(name)).isPresent();
        return !described && SUSPICIOUS.matcher(name).matches();
    }
}
