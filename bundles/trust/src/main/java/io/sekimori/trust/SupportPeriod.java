package io.sekimori.trust;

import static io.sekimori.trust.Names.require;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Until when the publisher brings updates, for each model (EN 303 645, 5.3-13): a member of the targets metadata, signed with
 * them. It is told to people and decides nothing.
 *
 * @param ends by model; {@value #ALL} stands for those that are not named. Whole seconds
 */
public record SupportPeriod(Map<String, Instant> ends) {

    /** Every model that is not named. */
    public static final String ALL = "*";

    /** Nobody has said. */
    public static final SupportPeriod UNKNOWN = new SupportPeriod(Map.of());

    static final String MEMBER = "support";
    private static final int MAX_MODELS = 1_000;

    /** @throws IllegalArgumentException if a model is malformed or there are too many */
    public SupportPeriod {
        require(ends.size() <= MAX_MODELS, "more than " + MAX_MODELS + " models");
        ends.keySet().stream().filter(model -> !model.equals(ALL)).forEach(Names::requireModel);
        ends = Map.copyOf(ends);
    }

    /** When that of {@code model} ends; empty if nobody has said. */
    public Optional<Instant> end(String model) {
        return Optional.ofNullable(ends.getOrDefault(model, ends.get(ALL)));
    }

    /** With another end for that model, or for {@value #ALL}. */
    public SupportPeriod until(String model, Instant end) {
        Map<String, Instant> more = new TreeMap<>(ends);
        more.put(model, end);
        return new SupportPeriod(more);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new TreeMap<>();
        ends.forEach((model, end) -> json.put(model, TufTime.format(end)));
        return json;
    }

    /**
     * What targets metadata say, whoever signed them. What is malformed says nothing: it must not keep anybody from an update.
     *
     * @param signed the member {@code signed}
     */
    public static SupportPeriod of(JsonObject signed) {
        try {
            Optional<JsonObject> member = signed.optionalObject(MEMBER);
            Map<String, Instant> ends = new TreeMap<>();
            if (member.isPresent() && member.get().names().size() <= MAX_MODELS) {
                for (String model : member.get().names()) {
                    ends.put(model, TufTime.parse(member.get(), model));
                }
            }
            return new SupportPeriod(ends);
        } catch (MalformedJson | IllegalArgumentException e) {
            return UNKNOWN;
        }
    }
}
