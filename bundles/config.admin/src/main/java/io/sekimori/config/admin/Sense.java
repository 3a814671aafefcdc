package io.sekimori.config.admin;

import io.sekimori.config.ConfigCode;
import io.sekimori.config.ConfigurationCheck;
import io.sekimori.config.ConfigurationCheck.Wrong;
import io.sekimori.config.admin.Checking.Broken;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.osgi.service.metatype.AttributeDefinition;

/** Asks the bundles themselves whether what is wanted of them makes sense. Thread-safe. */
final class Sense {

    private static final int MOST_DETAIL = 500;

    private final Supplier<List<ConfigurationCheck>> checks;

    Sense(Supplier<List<ConfigurationCheck>> checks) {
        this.checks = checks;
    }

    void demand(Schema schema, Map<String, StoredValue> values) throws Broken {
        List<ConfigurationCheck> asked = checks.get().stream()
                .filter(check -> check.pid().equals(schema.pid()))
                .toList();
        if (asked.isEmpty()) {
            return;
        }
        Map<String, List<String>> whole = whole(schema, values);
        for (ConfigurationCheck check : asked) {
            Optional<Wrong> wrong = look(check, whole);
            if (wrong.isPresent()) {
                throw new Broken(
                        ConfigCode.VALUE_SENSELESS,
                        wrong.get().attribute(),
                        shown(wrong.get().detail()));
            }
        }
    }

    private static Optional<Wrong> look(ConfigurationCheck check, Map<String, List<String>> whole) {
        try {
            return check.look(whole);
        } catch (RuntimeException e) { // the boundary to somebody else's bundle: what it cannot judge it does not get
            return Optional.of(new Wrong("", "the bundle could not look at it: " + e));
        }
    }

    private static Map<String, List<String>> whole(Schema schema, Map<String, StoredValue> values) {
        Map<String, List<String>> whole = new TreeMap<>();
        for (AttributeDefinition attribute : schema.attributes()) {
            String[] defaults = attribute.getDefaultValue();
            StoredValue value = values.get(attribute.getID());
            if (schema.isPassword(attribute.getID())) {
                continue;
            }
            if (value != null) {
                whole.put(attribute.getID(), List.copyOf(value.texts()));
            } else if (defaults != null) {
                whole.put(attribute.getID(), List.of(defaults));
            }
        }
        return Map.copyOf(whole);
    }

    private static String shown(String detail) {
        return detail.length() > MOST_DETAIL ? detail.substring(0, MOST_DETAIL) : detail;
    }
}
