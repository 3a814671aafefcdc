package io.sekimori.itests.traffic;

import io.sekimori.config.Attribute;
import io.sekimori.config.Configuration;
import io.sekimori.config.Description;
import java.util.List;
import java.util.Optional;

/**
 * A whole number that a bundle lets be configured.
 *
 * @param pid       of the configuration
 * @param attribute the number's name
 * @param standard  its default
 */
record Numbered(String pid, String attribute, long standard) {

    private static final List<Attribute.Type> WHOLE = List.of(Attribute.Type.INTEGER, Attribute.Type.LONG);

    /** The first one of that bundle. */
    static Optional<Numbered> of(List<Description> descriptions, String symbolicName) {
        return descriptions.stream()
                .filter(description -> description.bundle().equals(symbolicName) && !description.factory())
                .flatMap(description -> description.attributes().stream()
                        .filter(Numbered::isWholeNumber)
                        .map(number -> new Numbered(
                                description.pid(),
                                number.id(),
                                Long.parseLong(number.defaults().get(0)))))
                .findFirst();
    }

    /** What it is there, its default if nobody has set it. */
    long in(Optional<Configuration> found) {
        return found.map(each -> each.values().get(attribute))
                .map(value -> Long.parseLong(value.toString()))
                .orElse(standard);
    }

    private static boolean isWholeNumber(Attribute attribute) {
        return WHOLE.contains(attribute.type())
                && attribute.most() == 1
                && attribute.options().isEmpty()
                && attribute.defaults().size() == 1;
    }
}
