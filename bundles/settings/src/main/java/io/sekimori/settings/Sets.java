package io.sekimori.settings;

import io.sekimori.config.Attribute;
import io.sekimori.config.ConfigException;
import io.sekimori.config.Configuration;
import io.sekimori.config.Configurations;
import io.sekimori.config.Description;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What can be set on this gateway and how it is set, as JSON. Of a password it says only whether there is one. Stateless. */
final class Sets {

    private Sets() {}

    /** All sets, with texts in {@code language}, as they are {@code now}. */
    static byte[] json(Configurations configurations, Locale language, Instant now) throws ConfigException {
        List<Object> sets = new ArrayList<>();
        Map<String, Object> versions = new TreeMap<>();
        for (Description each : configurations.describe(language)) {
            Optional<Configuration> configuration = each.factory() ? Optional.empty() : configurations.read(each.pid());
            long version = configuration.map(found -> found.facts().version()).orElse(0L);
            versions.put(each.pid(), version);
            sets.add(set(each, configuration, version));
        }
        return JsonText.bytes(Map.of(
                "version", Sha256.hex(JsonText.bytes(versions)).substring(0, 16), "at", now.toString(), "sets", sets));
    }

    private static Map<String, Object> set(Description each, Optional<Configuration> configuration, long version) {
        Map<String, Object> set = new TreeMap<>();
        set.put("pid", each.pid());
        set.put("name", each.name());
        set.put("description", each.description());
        set.put("bundle", each.bundle());
        set.put("factory", each.factory());
        set.put("version", version);
        configuration.ifPresent(found -> {
            set.put("at", found.facts().at().toString());
            set.put("author", found.facts().authorship().author());
            set.put("reason", found.facts().authorship().reason());
        });
        set.put(
                "attributes",
                each.attributes().stream()
                        .map(attribute -> attribute(attribute, configuration))
                        .toList());
        return set;
    }

    private static Map<String, Object> attribute(Attribute attribute, Optional<Configuration> configuration) {
        Map<String, Object> shown = new TreeMap<>();
        shown.put("id", attribute.id());
        shown.put("name", attribute.name());
        shown.put("description", attribute.description());
        shown.put("type", attribute.type().name());
        shown.put("cardinality", attribute.most());
        shown.put("required", attribute.required());
        shown.put("options", attribute.options());
        known(shown, "min", attribute.range().min());
        known(shown, "max", attribute.range().max());
        known(shown, "unit", attribute.range().unit());
        if (attribute.type() == Attribute.Type.PASSWORD) {
            shown.put("secret", true);
            shown.put(
                    "set",
                    configuration
                            .map(found -> found.passwords().contains(attribute.id()))
                            .orElse(false));
            return shown;
        }
        Object standard = attribute.most() == 1
                ? attribute.defaults().stream().findFirst().orElse("")
                : attribute.defaults();
        shown.put("default", standard);
        shown.put(
                "value",
                configuration
                        .map(found -> found.values().get(attribute.id()))
                        .map(Sets::text)
                        .orElse(standard));
        return shown;
    }

    private static void known(Map<String, Object> shown, String member, String text) {
        if (!text.isEmpty()) {
            shown.put(member, text);
        }
    }

    // As text, whatever the type: a number that JSON has no room for stays what it is.
    private static Object text(Object value) {
        return value instanceof List<?> many
                ? many.stream().map(String::valueOf).toList()
                : String.valueOf(value);
    }
}
