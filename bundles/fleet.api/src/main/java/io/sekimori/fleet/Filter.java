package io.sekimori.fleet;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which gateways. Conditions that are there must all hold; without any, all gateways are meant.
 *
 * @param model exactly this model
 * @param serial the serial number begins with this
 * @param life exactly this place in the ledger
 * @param connected has a session at the broker, or has none
 * @param bundle proved to run a bundle of this symbolic name
 * @param version and in this version; only together with {@code bundle}
 * @param label carries this label
 */
public record Filter(
        Optional<String> model,
        Optional<String> serial,
        Optional<Life> life,
        Optional<Boolean> connected,
        Optional<String> bundle,
        Optional<String> version,
        Optional<String> label) {

    /** All gateways. */
    public static final Filter ALL = of(Map.of());

    private static final Set<String> NAMES =
            Set.of("model", "serial", "life", "connected", "bundle", "version", "label");
    private static final int MAX_CHARS = 200;

    /** @throws IllegalArgumentException if a version comes without a bundle */
    public Filter {
        Bounds.require(version.isEmpty() || bundle.isPresent(), "version needs bundle");
    }

    /**
     * From words, as they stand in an address or in a rollout: the names are those of the components.
     *
     * @throws IllegalArgumentException if a name or a value is unknown, empty or longer than 200 characters
     */
    public static Filter of(Map<String, String> words) {
        words.forEach((name, value) -> {
            Bounds.require(NAMES.contains(name), "unknown condition: " + Bounds.cleaned(name, 50));
            Bounds.require(!value.isEmpty() && value.length() <= MAX_CHARS, name + " has 1 to 200 characters");
        });
        return new Filter(
                Optional.ofNullable(words.get("model")),
                Optional.ofNullable(words.get("serial")),
                Optional.ofNullable(words.get("life")).map(text -> Life.valueOf(text.toUpperCase(Locale.ROOT))),
                Optional.ofNullable(words.get("connected")).map(Filter::truth),
                Optional.ofNullable(words.get("bundle")),
                Optional.ofNullable(words.get("version")),
                Optional.ofNullable(words.get("label")));
    }

    private static boolean truth(String text) {
        Bounds.require(text.equals("true") || text.equals("false"), "connected is true or false");
        return text.equals("true");
    }
}
